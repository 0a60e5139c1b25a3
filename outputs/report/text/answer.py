"""Page one."""

WORDS: dict[str, tuple[str, str]] = {
    "title": (
        "People, jobs and homes in Norrbotten and Västerbotten until {goal}",
        "Människor, jobb och bostäder i Norrbotten och Västerbotten till {goal}",
    ),
    "title place": ("{name} until {goal}: people, jobs, homes", "{name} till {goal}: människor, jobb, bostäder"),
    "subtitle": ("Scenario, not a forecast: {scenario}", "Scenario, inte prognos: {scenario}"),
    "question": (
        "How many new residents will the industry projects bring, and is it enough?",
        "Hur många nya invånare ger industriprojekten, och räcker det?",
    ),
    "answer": (
        "The population {go} from {people_start} at the end of {start} to about {people} in {goal}: {new} {more} "
        "than in {base}, in 8 of 10 runs between {low} and {high}. The need of {target} new residents is reached by "
        "{goal} {chance}.",
        "Folkmängden {go} från {people_start} vid slutet av {start} till omkring {people} år {goal}: {new} {more} än "
        "{base}, i 8 av 10 körningar mellan {low} och {high}. Behovet av {target} nya invånare nås till {goal} "
        "{chance}.",
    ),
    "grow": ("grows", "växer"),
    "shrink": ("falls", "minskar"),
    "more": ("more", "fler"),
    "fewer": ("fewer", "färre"),
    "new residents": ("New residents {base}–{year}", "Nya invånare {base}–{year}"),
    "8 of 10": ("8 of 10 runs: {span}", "8 av 10 körningar: {span}"),
    "chance": ("Runs that reach {target} by {goal}", "Körningar som når {target} till {goal}"),
    "chance value": ("{reached} of {runs}", "{reached} av {runs}"),
    "needed": ("Growth needed to reach {target} by {goal}", "Ökning som krävs för {target} till {goal}"),
    "needed value": ("{needed} a year", "{needed} per år"),
    "needed note": (
        "middle run: {simulated}; best year so far ({best_year}): {best}",
        "mittersta körningen: {simulated}; bästa året hittills ({best_year}): {best}",
    ),
    "outside": ("Workers registered elsewhere {goal}", "Arbetande folkbokförda på annat håll {goal}"),
    "forgone": ("Municipal and regional tax forgone {goal}", "Utebliven kommunal- och regionskatt {goal}"),
    "forgone value": ("SEK {value} m", "{value} mnkr/år"),
    "homes": ("Homes completed a year until {goal}", "Färdigställda bostäder per år till {goal}"),
    "homes note": ("{first}–{start}: {seen} a year", "{first}–{start}: {seen} per år"),
    "top region": ("What holds growth back most is", "Mest bromsar"),
    "top place": (
        "If the municipality could take it away on its own, most would be won where growth is held back by",
        "Det hinder som kommunen ensam skulle vinna mest på att få bort är",
    ),
    "chance note": ("by {last}: {reached}", "till {last}: {reached}"),
    "balance": ("Births less deaths a year until {goal}", "Födelsenetto per år till {goal}"),
    "balance note": ("{start}: {seen}", "{start}: {seen}"),
    "searched": (
        "A search for the cheapest mix within its limits reaches {target} by {goal} in {share} per cent of the runs "
        "for about SEK {cost} million a year (sim.py target).",
        "En sökning efter den billigaste kombinationen inom givna gränser når {target} till {goal} i {share} procent "
        "av körningarna för omkring {cost} mnkr per år (sim.py target).",
    ),
    "searched in vain": (
        "A search for a mix of measures within given limits does not reach {target} by {goal}: at most {level} in "
        "{share} per cent of the runs, for about SEK {cost} million a year (sim.py target).",
        "En sökning efter en kombination av åtgärder inom givna gränser når inte {target} till {goal}: som mest "
        "{level} i {share} procent av körningarna, för omkring {cost} mnkr per år (sim.py target).",
    ),
    "alone": (
        "All {count} measures tried, in {name} alone: about +{gain}.",
        "Alla {count} prövade åtgärder, enbart i {name}: omkring +{gain}.",
    ),
    "stops": (
        "{top} {first}. Without that hindrance there would be about {gain} more residents in {goal} (illustration). "
        "Then comes {second}: about {gain_second}. {balance}",
        "{top} {first}. Utan det hindret blir det omkring {gain} fler invånare {goal} (räkneexempel). Därnäst kommer "
        "{second}: omkring {gain_second}. {balance}",
    ),
    "deficit": (
        "Until {goal} about {number} more people die than are born, which in-migration has to cover first.",
        "Till {goal} dör omkring {number} fler än det föds, och det måste inflyttningen täcka först.",
    ),
    "surplus": (
        "Until {goal} about {number} more people are born than die.",
        "Till {goal} föds omkring {number} fler än det dör.",
    ),
    "todo": ("{action} ({who}): about +{gain}.", "{action} ({who}): omkring +{gain}."),
    "first todo": (
        "{action} ({who}): about +{gain} residents in {goal}.",
        "{action} ({who}): omkring +{gain} invånare {goal}.",
    ),
    "together": (
        "All {count} measures tried, together: about +{gain}. New residents since {base} are then {new}, {verdict}.",
        "Alla {count} prövade åtgärder tillsammans: omkring +{gain}. Nya invånare sedan {base} blir då {new}, "
        "{verdict}.",
    ),
    "meant": (
        "Comparing possible courses: who gets the jobs, what that does to homes, services and tax, and which "
        "assumptions the answer hangs on.",
        "Att jämföra tänkbara förlopp: vem som får jobben, vad det gör med bostäder, service och skatt, och vilka "
        "antaganden svaret hänger på.",
    ),
    "not meant": (
        "Predicting one municipality in one year, budgets or legal decisions on their own, or judging single "
        "companies.",
        "Att förutsäga en kommun ett visst år, som ensamt underlag för budget eller myndighetsbeslut, eller för att "
        "bedöma enskilda företag.",
    ),
    "enough": ("which covers the need", "vilket räcker för behovet"),
    "not enough": (
        "{share} per cent of the need: plan for not reaching it",
        "{share} procent av behovet: planera för att det inte nås",
    ),
    "nothing": (
        "None of the {count} measures tried gives more than {least} more residents in {goal}.",
        "Ingen av de {count} prövade åtgärderna ger mer än {least} fler invånare {goal}.",
    ),
}
OBSTACLES: dict[str, tuple[str, str]] = {
    "moving": (
        "that people recruited from elsewhere commute or fly in instead of moving here",
        "att de som rekryteras utifrån pendlar eller flyger in i stället för att flytta hit",
    ),
    "homes": (
        "the building of homes (plans, building costs, finance)",
        "bostadsbyggandet (planer, byggkostnader, finansiering)",
    ),
    "labour": (
        "the supply of education and of people in the labour force",
        "utbudet av utbildning och av människor i arbetskraften",
    ),
    "power": ("grid and building capacity", "elnätet och byggkapaciteten"),
    "services": ("municipal money for services", "kommunernas pengar till service"),
}
SHORT_OBSTACLES: dict[str, tuple[str, str]] = {
    "moving": ("Recruits fly in instead of moving here", "Rekryterade flyger in i stället för att flytta hit"),
    "homes": ("Building of homes", "Bostadsbyggandet"),
    "labour": ("Education and labour force", "Utbildning och arbetskraft"),
    "power": ("Grid and building capacity", "Elnät och byggkapacitet"),
    "services": ("Municipal money for services", "Kommunernas pengar till service"),
    "all obstacles": ("All of them at once", "Alla på en gång"),
}
