"""Maps, people and age structure."""

WORDS: dict[str, tuple[str, str]] = {
    "maps heading": ("The 29 municipalities on the map", "De 29 kommunerna på kartan"),
    "maps": (
        "In the middle run {growing} of 29 municipalities have more people in {goal} than in {start}, and {falling} "
        "have fewer. In {surely} of them at least 9 of 10 runs point the same way; for the others both rise and fall "
        "are possible.",
        "I mittersta körningen har {growing} av 29 kommuner fler invånare {goal} än {start} och {falling} har färre. "
        "I {surely} av dem pekar minst 9 av 10 körningar åt samma håll; för de övriga är både ökning och minskning "
        "möjlig.",
    ),
    "change title": (
        "Change of registered population {start}–{goal}, per cent",
        "Folkmängdens förändring {start}–{goal}, procent",
    ),
    "change alt": (
        "Map and ranking of 29 municipalities. Largest rise: {top} ({top_value} per cent); largest fall: {bottom} "
        "({bottom_value} per cent).",
        "Karta och rangordning av 29 kommuner. Störst ökning: {top} ({top_value} procent); störst minskning: "
        "{bottom} ({bottom_value} procent).",
    ),
    "change summary": (
        "{top} grows most, {top_value} per cent in the middle run; {bottom} falls most, {bottom_value} per cent. The "
        "middle run of each municipality is shown; how far the runs spread stands in “Municipality by municipality”.",
        "{top} växer mest, {top_value} procent i mittersta körningen, och {bottom} minskar mest, {bottom_value} "
        "procent. Kartan visar varje kommuns mittersta körning; hur mycket körningarna skiljer sig åt står under "
        "”Kommun för kommun”.",
    ),
    "outside title": (
        "Workers registered elsewhere per 100 filled jobs, {goal}",
        "Arbetande folkbokförda på annat håll per 100 besatta jobb, {goal}",
    ),
    "outside alt": (
        "Map and ranking of 29 municipalities. Highest: {top} ({top_value} of 100 jobs); lowest: {bottom} "
        "({bottom_value}).",
        "Karta och rangordning av 29 kommuner. Högst: {top} ({top_value} av 100 jobb); lägst: {bottom} "
        "({bottom_value}).",
    ),
    "outside summary": (
        "In {top} {top_value} of 100 jobs are done by people who are registered, and pay tax, somewhere else; in the "
        "two counties together {region}.",
        "I {top} utförs {top_value} av 100 jobb av personer som är folkbokförda, och betalar skatt, någon "
        "annanstans; i de båda länen tillsammans {region}.",
    ),
    "municipality": ("Municipality", "Kommun"),
    "share": ("Workers registered elsewhere", "Folkbokförda på annat håll"),
    "share unit": ("per 100 jobs", "per 100 jobb"),
    "heading": ("People and age structure", "Folkmängd och åldersstruktur"),
    "fan title": ("Registered population, thousands", "Folkmängd, tusental"),
    "thousands": ("thousands", "tusental"),
    "fan alt": (
        "Line with bands. Observed {first}–{start}, then {runs} runs: the middle one reaches {people} in {goal}; 8 "
        "of 10 runs lie between {low} and {high}.",
        "Linje med band. Observerat {first}–{start}, därefter {runs} körningar: den mittersta når {people} år "
        "{goal}; 8 av 10 körningar ligger mellan {low} och {high}.",
    ),
    "fan summary": (
        "In the middle run {area} has {people} people in {goal}, {change} since {start}. 8 of 10 runs lie between "
        "{low} and {high}: the further ahead, the less is known.",
        "I mittersta körningen har {area} {people} invånare {goal}, {change} sedan {start}. 8 av 10 körningar ligger "
        "mellan {low} och {high}: ju längre fram, desto mindre vet vi.",
    ),
    "pyramid title": ("Age and sex, {start} and {goal}", "Ålder och kön, {start} och {goal}"),
    "pyramid alt": (
        "Population pyramid by five-year classes: women left, men right, {goal} as bars and {start} as a line. "
        "People aged 80 or more: {old_now} in {start}, {old_then} in {goal}.",
        "Befolkningspyramid i femårsklasser: kvinnor till vänster, män till höger, {goal} som staplar och {start} "
        "som linje. 80 år och äldre: {old_now} år {start}, {old_then} år {goal}.",
    ),
    "pyramid summary": (
        "Those aged 80 or more go from {old_now} to {old_then}, those of working age (20–64) from {work_now} to "
        "{work_then}. For 100 people aged 20–64 there are {burden} younger or older in {goal} ({burden_now} in "
        "{start}).",
        "De som är 80 år eller äldre går från {old_now} till {old_then}, de i arbetsför ålder (20–64) från "
        "{work_now} till {work_then}. På 100 personer i åldern 20–64 går det {burden} yngre eller äldre {goal} "
        "({burden_now} år {start}).",
    ),
    "group": ("Age", "Ålder"),
    "years": ("{low}–{high}", "{low}–{high} år"),
    "years and over": ("{low} or more", "{low} år och äldre"),
    "women": ("Women {year}", "Kvinnor {year}"),
    "men": ("Men {year}", "Män {year}"),
    "all": ("All", "Samtliga"),
    "middle": (
        "Run on the middle assumptions, without chance; its total may differ a little from the middle of all runs.",
        "Körning på de mittersta antagandena, utan slump; summan kan avvika något från den mittersta av alla "
        "körningar.",
    ),
    "births title": ("Births and deaths per year", "Födda och döda per år"),
    "births": ("births", "födda"),
    "deaths": ("deaths", "döda"),
    "births alt": (
        "Two lines, observed as dots until {start}. In {goal} {births} are born and {deaths} die in the middle run.",
        "Två linjer, observerat som prickar till {start}. År {goal} föds {births} och dör {deaths} i mittersta "
        "körningen.",
    ),
    "births summary": (
        "In {goal} {births} are born and {deaths} die in the middle run. From {next} to {goal} the balance sums to "
        "{balance}.",
        "År {goal} föds {births} och dör {deaths} i mittersta körningen. Från {next} till {goal} blir födelsenettot "
        "{balance}.",
    ),
    "year": ("Year", "År"),
    "women share": (
        "Women are {now} per cent of the people in {start} and {then} per cent in {goal}; there are then {men} men "
        "to 100 women ({men_now} in {start}).",
        "Kvinnornas andel av folkmängden är {now} procent {start} och {then} procent {goal}; det går då {men} män på "
        "100 kvinnor ({men_now} år {start}).",
    ),
}
