"""The sentences of summary.md, in English and Swedish."""

SENTENCES: dict[str, tuple[str, str]] = {
    "kind": (
        "This is a scenario: what follows if the assumptions hold. It is not a forecast and not a target.",
        "Detta är ett scenario: vad som följer om antagandena håller. Det är ingen prognos och inget mål.",
    ),
    "meant heading": ("Meant for", "Avsett för"),
    "not meant heading": ("Not meant for", "Inte avsett för"),
    "short heading": ("In short: both counties together", "I korthet: båda länen tillsammans"),
    "people": (
        "{year}: {people} people, {women} per cent of them women.",
        "{year}: {people} invånare, varav {women} procent kvinnor.",
    ),
    "people after": (
        "{year}: {people} people, {women} per cent of them women. Since {base}: {new}, "
        "which is {share} per cent of the named need of {target} new residents.",
        "{year}: {people} invånare, varav {women} procent kvinnor. Sedan {base}: {new}, vilket är {share} procent "
        "av det uttalade behovet av {target} nya invånare.",
    ),
    "work": (
        "{year}: {jobs} filled jobs; {outside} workers are registered elsewhere, which makes {present} more people "
        "present than registered on a mean day; {unemployed} residents are unemployed.",
        "{year}: {jobs} besatta jobb; {outside} arbetande är folkbokförda på annat håll, vilket gör att {present} fler "
        "är närvarande än folkbokförda en genomsnittlig dag; {unemployed} invånare är arbetslösa.",
    ),
    "homes": (
        "{year}: {homes} dwellings; {built} completed per year since {since}.",
        "{year}: {homes} bostäder; {built} färdigställda per år sedan {since}.",
    ),
    "forgone": (
        "{year}: {forgone} billion SEK in municipal and regional tax forgone on workers registered elsewhere "
        "(2024 prices).",
        "{year}: {forgone} miljarder kronor i utebliven kommunal och regional skatt på arbetande som är folkbokförda "
        "på annat håll (2024 års priser).",
    ),
    "changes heading": ("What the scenario changes", "Vad scenariot ändrar"),
    "no changes": ("Nothing: the model's own assumptions.", "Ingenting: modellens egna antaganden."),
    "table heading": ("The municipalities: registered people", "Kommunerna: folkbokförda"),
    "table header": (
        "| Municipality | {years} | change {first}-{last}, % | workers not registered here {last} |",
        "| Kommun | {years} | förändring {first}-{last}, % | arbetande ej folkbokförda här {last} |",
    ),
    "quality heading": ("Inputs that are estimated or judged", "Indata som är skattade eller bedömda"),
    "quality": (
        "{count} inputs are estimated by a stated method (C) or judged (D) instead of official (A) or derived (B); "
        "results that rest on them are as uncertain as they are.",
        "{count} indata är skattade med angiven metod (C) eller bedömda (D) i stället för officiella (A) eller "
        "härledda (B); resultat som vilar på dem är lika osäkra som de.",
    ),
    "parameters": (
        "Of the {count} parameters and levers in the equations {judged} are estimated or judged as well; "
        "`sim.py list parameters` and `sim.py list levers` show the grade of each.",
        "Av ekvationernas {count} parametrar och spakar är också {judged} skattade eller bedömda; "
        "`sim.py list parameters` och `sim.py list levers` visar kvaliteten på var och en.",
    ),
    "quality header": ("| Input | Quality | Method | Source |", "| Indata | Kvalitet | Metod | Källa |"),
    "files heading": ("Files", "Filer"),
    "file 1": (
        "`results.nc`: every result with labels, units and names (single years of age).",
        "`results.nc`: alla resultat med etiketter, enheter och namn (ettårsklasser).",
    ),
    "file 2": (
        "`results.csv`: long table (people by age group).",
        "`results.csv`: lång tabell (personer efter åldersgrupp).",
    ),
    "file 3": (
        "`results-sv.csv`: the same for Swedish Excel.",
        "`results-sv.csv`: samma för svenskt Excel.",
    ),
    "file 4": (
        "`run.json`: model, data, scenario and every changed assumption.",
        "`run.json`: modell, data, scenario och alla ändrade antaganden.",
    ),
    "file 5": (
        "`figures/`: the same figures as PNG and SVG.",
        "`figures/`: samma figurer som PNG och SVG.",
    ),
}
MEANT_FOR: tuple[list[str], list[str]] = (
    [
        "comparing what-ifs: what a delay, a closure or a measure changes, and through which chain of causes",
        "seeing who fills jobs (residents, movers, workers who fly in) and what that does to homes, services and tax",
        "finding out which assumptions the answer hangs on",
    ],
    [
        "att jämföra tänkbara förlopp: vad en försening, nedläggning eller åtgärd ändrar, och genom vilken orsakskedja",
        "att se vem som får jobben (boende, inflyttade, inflygande) och vad det gör med bostäder, service och skatt",
        "att ta reda på vilka antaganden svaret hänger på",
    ],
)
NOT_MEANT_FOR: tuple[list[str], list[str]] = (
    [
        "predicting the population of one municipality in one year",
        "budgets or legal decisions on their own; the municipal economy is simplified",
        "judging single companies or projects; their times and jobs are as stated in public",
    ],
    [
        "att förutsäga folkmängden i en kommun ett visst år",
        "ensamt underlag för budget eller myndighetsbeslut; kommunernas ekonomi är förenklad",
        "att bedöma enskilda företag eller projekt; deras tider och jobb är de som uppgetts offentligt",
    ],
)
