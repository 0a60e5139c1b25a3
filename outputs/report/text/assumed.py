"""What has been assumed."""

WORDS: dict[str, tuple[str, str]] = {
    "heading": ("What has been assumed", "Vad som har antagits"),
    "unconverged": (
        "The fit to history has not converged and was used all the same (--force). The numbers of this report must "
        "not be passed on.",
        "Anpassningen till historien har inte konvergerat och används ändå (--force). Rapportens siffror får inte "
        "spridas.",
    ),
    "terms": ("Four words that are never mixed", "Fyra ord som aldrig blandas"),
    "forecast": ("Forecast", "Prognos"),
    "forecast means": (
        "The most likely development as we judge it. This report makes none.",
        "Den utveckling som bedöms som mest sannolik. Rapporten innehåller ingen prognos.",
    ),
    "scenario": ("Scenario", "Scenario"),
    "scenario means": (
        "What follows if stated assumptions hold, computed with everything that is uncertain drawn anew in each of "
        "{runs} runs. All years after {start} in this report are scenario unless said otherwise.",
        "Vad som följer om uttalade antaganden håller, beräknat i {runs} körningar där allt osäkert dras på nytt i "
        "varje körning. Alla uppgifter efter {start} i rapporten är scenario om inget annat sägs.",
    ),
    "illustration": ("Illustration", "Räkneexempel"),
    "illustration means": (
        "What one changed assumption does, all else on the middle assumptions. Shown with hatched bars.",
        "Vad ett enda ändrat antagande gör, med allt annat på mittersta antagandet. Visas med streckade staplar.",
    ),
    "target": ("Target, need", "Mål, behov"),
    "target means": (
        "Something wanted. {target} new residents is a need named by the government's coordinator, without a base "
        "year or a year by which. Here it is counted from {base} and read in {years}.",
        "Något önskvärt. {target} nya invånare är ett behov som regeringens samordnare har nämnt, utan basår och "
        "utan årtal. Här räknas det från {base} och läses av {years}.",
    ),
    "story": ("The scenario", "Scenariot"),
    "changes": ("It changes these assumptions of the model:", "Det ändrar dessa antaganden i modellen:"),
    "more changes": ("and {count} more, in run.json", "samt ytterligare {count}, i run.json"),
    "no changes": (
        "It changes no assumption of the model: it is the point of comparison for the others.",
        "Det ändrar inget av modellens antaganden: det är jämförelseläget för de andra.",
    ),
    "common": ("What holds in all runs", "Vad som gäller i alla körningar"),
    "projects": (
        "Industry projects come with the sizes and times that companies and authorities have stated; in each run "
        "some are delayed, become smaller or stop, with the risks of {file}.",
        "Industriprojekten kommer i den storlek och vid de tider som bolag och myndigheter har uppgett; i varje "
        "körning försenas, minskas eller stoppas några av dem enligt riskerna i {file}.",
    ),
    "people": (
        "Fertility, mortality and moves start from the municipalities' own rates, with national trends.",
        "Fruktsamhet, dödlighet och flyttningar utgår från kommunernas egna tal, med rikets trender.",
    ),
    "policy": (
        "Taxes, income equalisation and migration law stay as they are. All amounts are in 2024 prices.",
        "Skatter, kommunalekonomisk utjämning och migrationslagstiftning är oförändrade. Alla belopp i 2024 års "
        "priser.",
    ),
    "nothing new": (
        "No projects beyond those announced, no war, no epidemic.",
        "Inga projekt utöver de aviserade, inget krig, ingen epidemi.",
    ),
    "table": ("Projects in the scenario and the net jobs they bring", "Projekten i scenariot och de nettojobb de ger"),
    "project": ("Project (municipality)", "Projekt (kommun)"),
    "begin": ("Stated building start", "Uppgiven byggstart"),
    "full": ("Net jobs at full operation", "Nettojobb i full drift"),
    "median": ("Median {year}", "Median {year}"),
    "low": ("8 of 10: from", "8 av 10: från"),
    "high": ("8 of 10: to", "8 av 10: till"),
    "grade": ("Quality", "Kvalitet"),
    "note": (
        "Net jobs also count building workers while building goes on. Projects that replace an older plant have 0 "
        "net jobs. Quality: A official, B derived, C estimated, D judged.",
        "Nettojobb räknar även byggarbetare medan bygget pågår. Projekt som ersätter en äldre anläggning har 0 "
        "nettojobb. Kvalitet: A officiell, B härledd, C skattad, D bedömd.",
    ),
    "source": (
        "scenarios/projects.csv, with a source for every row",
        "scenarios/projects.csv, med källa för varje rad",
    ),
    "border": (
        "Moves by people who come or leave with a project are computed, not assumed: whoever is recruited from "
        "elsewhere moves here or commutes, depending on homes, services, reception, distance and how permanent the "
        "job is.",
        "Flyttningar till följd av projekten är beräknade, inte antagna: den som rekryteras utifrån flyttar hit "
        "eller pendlar in beroende på bostäder, service, mottagande, avstånd och hur varaktigt jobbet är.",
    ),
}
