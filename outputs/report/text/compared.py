"""Scenarios beside each other."""

WORDS: dict[str, tuple[str, str]] = {
    "heading": ("Scenarios beside each other", "Scenarierna bredvid varandra"),
    "intro": (
        "{count} scenarios are set beside “{first}”. A run has the same luck in all of them, so the differences are "
        "the scenarios', not chance's. Which one comes is a matter of decisions and of what happens to the projects: "
        "no probability is put on it.",
        "{count} scenarier ställs bredvid ”{first}”. En körning har samma slump i alla, så skillnaderna beror på "
        "scenarierna och inte på slumpen. Vilket av dem som inträffar avgörs av beslut och av vad som händer med "
        "projekten: det sätts ingen sannolikhet på det.",
    ),
    "intro one": (
        "“{second}” is set beside “{first}”. A run has the same luck in both, so the differences are the scenarios', "
        "not chance's. Which one comes is a matter of decisions and of what happens to the projects: no probability "
        "is put on it.",
        "”{second}” ställs bredvid ”{first}”. En körning har samma slump i båda, så skillnaderna beror på "
        "scenarierna och inte på slumpen. Vilket av dem som inträffar avgörs av beslut och av vad som händer med "
        "projekten: det sätts ingen sannolikhet på det.",
    ),
    "lines title": (
        "New residents since {base}, thousands, by scenario",
        "Nya invånare sedan {base}, tusental, efter scenario",
    ),
    "lines alt": (
        "One line for each scenario (the middle run), and the band of 8 of 10 runs of “{first}”. In {goal}: {told}.",
        "En linje för varje scenario (mittersta körningen) och bandet för 8 av 10 körningar av ”{first}”. År {goal}: "
        "{told}.",
    ),
    "lines summary": (
        "Middle runs in {goal}: {told}. The lines are different choices and courses; the band is the chance within "
        "the first one.",
        "Mittersta körningarna {goal}: {told}. Linjerna är olika val och förlopp; bandet är slumpen inom det första "
        "scenariot.",
    ),
    "table": ("The scenarios in {goal}", "Scenarierna {goal}"),
    "scenario": ("Scenario", "Scenario"),
    "new": ("New residents since {base}", "Nya invånare sedan {base}"),
    "low": ("8 of 10: from", "8 av 10: från"),
    "high": ("8 of 10: to", "8 av 10: till"),
    "outside": ("Workers registered elsewhere", "Arbetande folkbokförda på annat håll"),
    "forgone": ("Tax forgone", "Utebliven skatt"),
    "millions": ("SEK million a year", "mnkr per år"),
    "built": ("Homes completed", "Färdigställda bostäder"),
    "a year": ("a year, mean", "per år, medel"),
    "places title": ("“{second}” less “{first}”: people in {goal}", "”{second}” minus ”{first}”: folkmängd {goal}"),
    "places alt": (
        "Dots with 8 of 10 pairs of runs for the municipalities with the largest differences. Most: {top}, "
        "{top_value}.",
        "Prickar med 8 av 10 körningspar för de kommuner som har störst skillnad. Störst: {top}, {top_value}.",
    ),
    "places summary": (
        "In the two counties together the difference is {whole} people ({low} to {high} in 8 of 10 pairs of runs), "
        "and {outside} workers registered elsewhere. It is largest in {top} ({top_value}).",
        "I de båda länen tillsammans är skillnaden {whole} invånare ({low} till {high} i 8 av 10 körningspar) och "
        "{outside} arbetande folkbokförda på annat håll. Störst är den i {top} ({top_value}).",
    ),
    "why title": (
        "Why “{second}” differs from “{first}”: people in {goal}, by assumption",
        "Varför ”{second}” skiljer sig från ”{first}”: folkmängd {goal}, efter antagande",
    ),
    "why alt": (
        "Hatched bars for {count} groups of assumptions; together {whole} people. Largest: {top}, {value}.",
        "Streckade staplar för {count} grupper av antaganden; tillsammans {whole} invånare. Störst: {top}, {value}.",
    ),
    "why summary": (
        "On the middle assumptions the scenarios differ by {whole} people. {top} stands for {value}. The shares are "
        "Shapley values (each assumption's part, averaged over all orders in which they can be changed) and add up "
        "to the whole. Most was carried by the loop {loop}: {carried}.",
        "På de mittersta antagandena skiljer det {whole} invånare. {top} står för {value}. Andelarna är "
        "Shapleyvärden (varje antagandes del, i medeltal över alla ordningar de kan ändras i) och summerar till hela "
        "skillnaden. Mest bars av slingan {loop}: {carried}.",
    ),
    "assumption": ("Assumption", "Antagande"),
    "part": ("Part of the difference", "Del av skillnaden"),
    "municipality": ("Municipality", "Kommun"),
    "median": ("median", "median"),
    "people": ("people", "invånare"),
    "changes": ("What “{title}” changes:", "Vad ”{title}” ändrar:"),
}
