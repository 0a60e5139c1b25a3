"""Municipality by municipality, uncertainty and track record, register, method."""

WORDS: dict[str, tuple[str, str]] = {
    "places heading": ("Municipality by municipality", "Kommun för kommun"),
    "places": (
        "Middle run and 8 of 10 runs. Totals of counties and region are summed within each run: the ends of the "
        "municipalities' spans must never be added up.",
        "Mittersta körningen och 8 av 10 körningar. Länens och regionens summor är gjorda inom varje körning: "
        "kommunernas ytterlägen får aldrig läggas ihop.",
    ),
    "places people": ("People", "Folkmängd"),
    "places work": ("Jobs, homes, money and services in {goal}", "Jobb, bostäder, ekonomi och service {goal}"),
    "area": ("Municipality", "Kommun"),
    "both": ("Both counties", "Båda länen"),
    "median": ("{goal}, median", "{goal}, median"),
    "low": ("8 of 10: from", "8 av 10: från"),
    "high": ("8 of 10: to", "8 av 10: till"),
    "change": ("Change {start}–{goal}", "Förändring {start}–{goal}"),
    "women": ("Women {goal}", "Kvinnor {goal}"),
    "old": ("65 or older {goal}", "65 år och äldre {goal}"),
    "jobs": ("Filled jobs", "Besatta jobb"),
    "outside": ("Registered elsewhere", "Folkbokf. på annat håll"),
    "per 100": ("per 100 jobs", "per 100 jobb"),
    "unemployed": ("Unemployed", "Arbetslösa"),
    "of labour": ("% of labour force", "% av arbetskraften"),
    "built": ("Homes completed", "Färdigställda bostäder"),
    "a year": ("a year, mean", "per år, medel"),
    "forgone": ("Tax forgone", "Utebliven skatt"),
    "per head": ("SEK per inhabitant", "kr per invånare"),
    "power": ("Tax base", "Skattekraft"),
    "thousand": ("SEK thousand per inhabitant", "tkr per invånare"),
    "service": ("Service level", "Servicenivå"),
    "relative": ("{start} = 1", "{start} = 1"),
    "heading": ("Uncertainty and track record", "Osäkerhet och träffsäkerhet"),
    "bands": (
        "The bands hold 8 (19) of 10 (20) runs of one scenario. They tell how far apart runs end, not that reality "
        "must end inside. Differences between scenarios are choices, not chance: they are drawn as separate lines, "
        "never as bands.",
        "Banden rymmer 8 av 10 respektive 19 av 20 körningar av ett scenario. De visar hur olika körningarna slutar, "
        "inte att verkligheten måste hamna inom dem. Skillnader mellan scenarier är val, inte slump: de ritas som "
        "skilda linjer, aldrig som band.",
    ),
    "covered": ("The bands cover:", "Banden täcker:"),
    "not covered": ("The bands do not cover:", "Banden täcker inte:"),
    "parameters": (
        "{count} assumptions on behaviour, demography and projects, drawn from the fit to history or from stated "
        "ranges.",
        "{count} antaganden om beteenden, demografi och projekt, dragna ur anpassningen till historien eller ur "
        "uttalade intervall.",
    ),
    "track": (
        "The model has been tested on the past: forecasts of total population from every year {first}–{last}, with "
        "only what was known then, {cases} cases five years ahead.",
        "Modellen har prövats på det förflutna: framskrivningar av folkmängden från varje år {first}–{last}, med "
        "enbart det som då var känt, {cases} fall på fem års sikt.",
    ),
    "track 1": (
        "Mean error over the municipalities: {e1} per cent after one year, {e5} after five and {e10} after ten. The "
        "best simple method, {naive}, has {n1}, {n5} and {n10}.",
        "Medelfelet över kommunerna: {e1} procent efter ett år, {e5} efter fem och {e10} efter tio. Den bästa enkla "
        "metoden, {naive}, har {n1}, {n5} och {n10}.",
    ),
    "track 2": (
        "The gain comes from the early years. From 2017 to 2023 the simple method was better: {late} per cent "
        "against {late_naive} after five years; the model came out {bias} per cent too high.",
        "Vinsten kommer från de tidiga åren. För framskrivningar från 2017–2023 var den enkla metoden bättre: "
        "{late_naive} procent mot modellens {late} efter fem år; modellen hamnade {bias} procent för högt.",
    ),
    "track 2 low": (
        "On the years 2017 to 2023 the error after five years is {late} per cent against {late_naive} of the simple "
        "method; mean signed error {bias} per cent.",
        "För framskrivningar från 2017–2023 är felet efter fem år {late} procent mot den enkla metodens "
        "{late_naive}; medelfelet med tecken är {bias} procent.",
    ),
    "track 3": (
        "Jobs and homes do not improve the population forecast: when moves are free to respond to them the error "
        "after five years is {free} per cent instead of {e5}, and demography alone is as good ({alone}). Their worth "
        "lies in the scenarios: what changes, where, and why, if a project is late or homes are not built.",
        "Jobb och bostäder förbättrar inte framskrivningen av folkmängden: när flyttningarna får svara fritt på dem "
        "är felet efter fem år {free} procent i stället för {e5}, och enbart demografi är lika bra ({alone}). Deras "
        "värde ligger i scenarierna: vad som ändras, var och varför, om ett projekt dröjer eller bostäder inte byggs.",
    ),
    "track 4": (
        "Of the outcomes {c1}–{c10} per cent have fallen inside the bands for 8 of 10 (80 per cent would be right); "
        "from 2017 on {late_cover} per cent after five years. Read the bands as somewhat too narrow.",
        "Av utfallen har {c1}–{c10} procent hamnat inom banden för 8 av 10 (80 procent vore rätt); från 2017 är det "
        "{late_cover} procent efter fem år. Läs därför banden som något för smala.",
    ),
    "track 4 right": (
        "Of the outcomes {c1}–{c10} per cent have fallen inside the bands for 8 of 10 (80 per cent would be right); "
        "from 2017 on {late_cover} per cent after five years.",
        "Av utfallen har {c1}–{c10} procent hamnat inom banden för 8 av 10 (80 procent vore rätt); från 2017 är det "
        "{late_cover} procent efter fem år.",
    ),
    "exponential": ("exponential trend of the last ten years", "exponentiell trend från de senaste tio åren"),
    "error title": (
        "Mean error of population by horizon, per cent",
        "Medelfel i folkmängd efter prognoslängd, procent",
    ),
    "error alt": (
        "Lines by years ahead. After ten years: Norrsim {e10}, trend {n10}, no change {z10} per cent.",
        "Linjer efter antal år framåt. Efter tio år: Norrsim {e10}, trend {n10}, ingen ändring {z10} procent.",
    ),
    "error summary": (
        "Norrsim's error is smaller than the simple methods' at every horizon over all origins, but grows with the "
        "years: {e10} per cent after ten.",
        "Över alla startår är Norrsims fel mindre än de enkla metodernas på varje sikt, men det växer med åren: "
        "{e10} procent efter tio.",
    ),
    "error summary plain": (
        "Norrsim's error grows with the years: {e10} per cent after ten.",
        "Norrsims fel växer med åren: {e10} procent efter tio.",
    ),
    "Norrsim": ("Norrsim", "Norrsim"),
    "trend": ("trend", "trend"),
    "no change": ("no change", "ingen ändring"),
    "free": ("jobs and\nhomes free", "jobb och\nbostäder fria"),
    "cover title": ("Outcomes inside 8 of 10, per cent", "Utfall inom 8 av 10, procent"),
    "cover alt": (
        "Lines by years ahead with a zone from 75 to 85 per cent. All origins: {c1} after one year, {c10} after ten.",
        "Linjer efter antal år framåt med en zon från 75 till 85 procent. Alla startår: {c1} efter ett år, {c10} "
        "efter tio.",
    ),
    "cover summary": (
        "The shaded zone is what was asked for, 75–85 per cent. All origins lie in it at {inside} of {all} horizons, "
        "those of 2017–2023 at {late} of {late_all}.",
        "Den skuggade zonen är kravet, 75–85 procent. Alla startår tillsammans ligger i zonen på {inside} av {all} "
        "sikter, startåren 2017–2023 på {late} av {late_all}.",
    ),
    "all origins": ("all origins", "alla startår"),
    "late origins": ("2017–2023", "2017–2023"),
    "ahead": ("Years ahead", "År framåt"),
    "method column": ("Method", "Metod"),
    "register heading": ("Assumptions and their quality", "Antagandena och deras kvalitet"),
    "register": (
        "The model has {count} assumptions with a grade: A official statistics, B derived from them, C estimated by "
        "a stated method, D judged. {judged} of them are judged. Of the {fitted} that hold for the whole region and "
        "are fitted to history the data inform {informed}; the others are as uncertain as before.",
        "Modellen har {count} graderade antaganden: A officiell statistik, B härlett ur den, C skattat med angiven "
        "metod, D bedömt. {judged} av dem är bedömda. Av de {fitted} som gäller hela regionen och är anpassade till "
        "historien kan data säga något om {informed}; övriga är lika osäkra som före anpassningen.",
    ),
    "register title": (
        "Assumptions by grade, per cent of each sector (number in brackets)",
        "Antaganden efter kvalitet, procent av varje sektor (antal inom parentes)",
    ),
    "register alt": (
        "Divided bars for {sectors} sectors, grades A to D. Most judged: {top} ({share} per cent D).",
        "Delade staplar för {sectors} sektorer, kvalitet A till D. Störst andel bedömda: {top} ({share} procent D).",
    ),
    "register summary": (
        "The largest share of judged assumptions is in {top}, {share} per cent. The whole register, with unit, range "
        "and source of each, is in the workbook and in the table behind the figure.",
        "Störst andel bedömda antaganden finns i {top}, {share} procent. Hela registret, med enhet, intervall och "
        "källa för varje antagande, finns i arbetsboken och i tabellen bakom figuren.",
    ),
    "unsure title": (
        "The {count} most open of {all} judged assumptions that the data cannot settle, and how they are drawn",
        "De {count} mest öppna av {all} bedömda antaganden som data inte kan avgöra, och hur de dras",
    ),
    "assumption": ("Assumption", "Antagande"),
    "sector": ("Sector", "Sektor"),
    "unit": ("Unit", "Enhet"),
    "value": ("Middle", "Mittersta"),
    "from": ("8 of 10: from", "8 av 10: från"),
    "to": ("8 of 10: to", "8 av 10: till"),
    "grade": ("Grade", "Kvalitet"),
    "range": ("Range", "Intervall"),
    "source": ("Source", "Källa"),
    "method heading": ("Method, sources, and how to make this again", "Metod, källor och hur rapporten görs om"),
    "purpose": ("Purpose", "Syfte"),
    "purpose text": (
        "To see who fills the jobs of the industry projects (residents, movers, workers who fly in) and what that "
        "does to homes, services and the tax base of 29 municipalities.",
        "Att se vem som fyller industriprojektens jobb (boende, inflyttade, inflygande) och vad det gör med "
        "bostäder, service och skatteunderlag i 29 kommuner.",
    ),
    "outputs": ("Outputs", "Utdata"),
    "outputs text": (
        "People by sex and single year of age, moves, jobs, commuting, workers registered elsewhere, homes, "
        "municipal money and services, yearly, by municipality.",
        "Folkmängd efter kön och ettårsklass, flyttningar, jobb, pendling, arbetande folkbokförda på annat håll, "
        "bostäder, kommunal ekonomi och service, per år och kommun.",
    ),
    "logic": ("Logic", "Logik"),
    "logic text": (
        "A stock-and-flow (system dynamics) model of {equations} equations and {parameters} parameters and levers, "
        "in steps of {step} year. Loops: jobs bring residents who bring jobs; few homes slow moving in; workers "
        "registered elsewhere thin out the tax base and services; ageing binds labour in welfare. sim.py explain "
        "shows every equation.",
        "En stock- och flödesmodell (systemdynamik) med {equations} ekvationer och {parameters} parametrar och "
        "spakar, i steg om {step} år. Återkopplingar: jobb ger invånare som ger jobb; bostadsbrist bromsar "
        "inflyttning; arbetande folkbokförda på annat håll tunnar ut skatteunderlag och service; åldrandet binder "
        "arbetskraft i välfärden. sim.py explain visar varje ekvation.",
    ),
    "data": ("Data", "Data"),
    "data text": (
        "SCB (population, births, deaths, moves, employment, commuting, dwellings, prices, income), "
        "Arbetsförmedlingen, Kolada, and the project register. Last years: {vintages}. Adjustments and gaps filled "
        "are listed beside the tables.",
        "SCB (folkmängd, födda, döda, flyttningar, sysselsättning, pendling, bostäder, priser, inkomster), "
        "Arbetsförmedlingen, Kolada och projektregistret. Senaste år: {vintages}. Justeringar och ifyllda luckor "
        "redovisas vid tabellerna.",
    ),
    "experiments": ("Experiments", "Experiment"),
    "experiments text": (
        "{runs} runs {start}–{last} of each scenario (seed {seed}), started from observed figures; a run has the "
        "same luck in every scenario. {fit}.",
        "{runs} körningar {start}–{last} av varje scenario (slumpfrö {seed}), startade från observerade uppgifter; "
        "en körning har samma slump i alla scenarier. {fit}.",
    ),
    "fit": ("Fitted to {first}–{last} ({file}, {state})", "Anpassad till {first}–{last} ({file}, {state})"),
    "no fit": ("Not fitted: stated priors alone", "Inte anpassad: enbart uttalade utgångsantaganden"),
    "converged": ("converged", "konvergerad"),
    "not converged": ("NOT converged", "INTE konvergerad"),
    "implementation": ("Implementation", "Genomförande"),
    "implementation text": (
        "Norrsim {version}, model {hash}. Three independent implementations agree on every variable within 1e-9.",
        "Norrsim {version}, modell {hash}. Tre oberoende implementationer stämmer överens för varje variabel inom "
        "1e-9.",
    ),
    "limits": ("Limits", "Begränsningar"),
    "limits text": (
        "Against 2011–2024 the model is most wrong on {worst}. {movers}Equalisation between municipalities is "
        "simplified.",
        "Mot 2011–2024 har modellen störst systematiska fel för {worst}. {movers}Den kommunalekonomiska utjämningen "
        "är förenklad.",
    ),
    "movers": (
        "Per 100 more jobs it gives {model} more residents after {over}, regressions on the same years {data} ± "
        "{error}. ",
        "Per 100 fler jobb ger den {model} fler invånare efter {over}, regressioner på samma år {data} ± {error}. ",
    ),
    "5 years": ("five years", "fem år"),
    "3 years": ("three years", "tre år"),
    "no predictive": ("what has not been fitted", "det som inte har anpassats"),
    "again": ("To make this again", "Så görs rapporten om"),
    "again text": (
        "The same program, data and commands give the same numbers, the same finished runs the same report, byte for "
        "byte: {commands}",
        "Samma program, data och kommandon ger samma siffror, och samma färdiga körningar ger samma rapport, byte "
        "för byte: {commands}",
    ),
}
SECTORS: dict[str, tuple[str, str]] = {
    "population": ("population", "befolkning"),
    "migration": ("migration", "flyttning"),
    "projects": ("projects", "projekt"),
    "labour": ("labour", "arbetsmarknad"),
    "recruitment": ("recruitment", "rekrytering"),
    "jobs": ("jobs", "jobb"),
    "housing": ("housing", "bostäder"),
    "economy": ("economy", "ekonomi"),
    "infrastructure": ("infrastructure", "infrastruktur"),
    "education": ("education", "utbildning"),
    "health": ("health", "hälsa"),
    "indicators": ("indicators", "nyckeltal"),
}
SERIES: dict[str, tuple[str, str]] = {
    "population": ("population", "folkmängd"),
    "jobs_in_statistics": ("jobs", "jobb"),
    "dwellings": ("dwellings", "bostäder"),
    "tax_base": ("tax base", "skatteunderlag"),
}
UNITS: dict[str, tuple[str, str]] = {
    "dmnl": ("share or ratio", "andel eller kvot"),
    "year": ("years", "år"),
    "1/year": ("a year", "per år"),
    "SEK/(person*year)": ("SEK per person and year", "kr per person och år"),
    "SEK/person": ("SEK per person", "kr per person"),
    "SEK/(job*year)": ("SEK per job and year", "kr per jobb och år"),
    "kSEK/person": ("SEK thousand per person", "tkr per person"),
    "kSEK": ("SEK thousand", "tkr"),
    "MW": ("MW", "MW"),
    "minutes": ("minutes", "minuter"),
    "persons": ("people", "personer"),
    "persons/year": ("people a year", "personer per år"),
    "jobs/person": ("jobs per person", "jobb per person"),
    "persons/job": ("people per job", "personer per jobb"),
    "dwellings/job": ("homes per job", "bostäder per jobb"),
    "dwellings/person": ("homes per person", "bostäder per person"),
    "jobs*year/dwelling": ("job-years per home", "årsarbeten per bostad"),
}
