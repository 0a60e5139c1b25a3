"""The two pages of one municipality."""

WORDS: dict[str, tuple[str, str]] = {
    "question": (
        "How many people will live in {name} in {goal}, and who fills the jobs?",
        "Hur många bor i {name} {goal}, och vem fyller jobben?",
    ),
    "answer": (
        "The population goes from {start_people} at the end of {start} to about {people} in {goal} ({change} per "
        "cent), in 8 of 10 runs between {low} and {high}. {jobs} jobs are then filled here, {outside} of them by "
        "people registered elsewhere.",
        "Folkmängden går från {start_people} vid slutet av {start} till omkring {people} år {goal} ({change} "
        "procent), i 8 av 10 körningar mellan {low} och {high}. Då är {jobs} jobb besatta i kommunen, varav "
        "{outside} av personer som är folkbokförda på annat håll.",
    ),
    "people": ("Population {goal}", "Folkmängd {goal}"),
    "observed": ("{people} in {start}; 8 of 10 runs: {span}", "{people} år {start}; 8 av 10 körningar: {span}"),
    "numbers heading": ("People and the municipality in numbers", "Folkmängden och kommunen i siffror"),
    "table": (
        "{name}: middle run, and 8 of 10 runs in {goal}",
        "{name}: mittersta körningen, och 8 av 10 körningar {goal}",
    ),
    "quantity": ("Quantity", "Uppgift"),
    "from": ("{goal}: from", "{goal}: från"),
    "to": ("{goal}: to", "{goal}: till"),
    "total_population": ("Population", "Folkmängd"),
    "present_population": ("Present on a mean day", "Närvarande en medeldag"),
    "net_migration": ("Net moves a year", "Flyttnetto per år"),
    "filled_jobs": ("Filled jobs (at workplaces here)", "Besatta jobb (dagbefolkning)"),
    "employed_residents": ("Employed residents", "Sysselsatta invånare (nattbefolkning)"),
    "unemployed": ("Unemployed", "Arbetslösa"),
    "in_commuters": ("In-commuters", "Inpendlare"),
    "out_commuters": ("Out-commuters", "Utpendlare"),
    "homes_missing": ("Homes missing", "Bostäder som saknas"),
    "tax_forgone": ("Tax forgone, SEK million a year", "Utebliven skatt, mnkr per år"),
    "source": (
        "Norrsim, {runs} runs. {start}: start of the runs; flows from {next}. 2024 prices.",
        "Norrsim, {runs} körningar. {start}: körningarnas start; flöden från {next}. 2024 års priser.",
    ),
    "trust heading": ("How far to trust it", "Så långt räcker siffrorna"),
    "trust": (
        "Scenario, not forecast. For municipalities of this size ({size}) past forecasts of the model were wrong by "
        "{e5} per cent on average after five years and {e10} after ten. Jobs and homes do not make the population "
        "forecast better: use them to compare courses.",
        "Scenario, inte prognos. För kommuner av den här storleken ({size}) har modellens framskrivningar i medeltal "
        "slagit fel med {e5} procent efter fem år och {e10} efter tio. Jobb och bostäder gör inte framskrivningen av "
        "folkmängden bättre: använd dem för att jämföra förlopp.",
    ),
    "assumed": (
        "Assumptions with sources and grades, all 29 municipalities and the method are in the regional report. Model "
        "{hash}. {runs} runs. Made again with: {command}",
        "Antaganden med källor och kvalitet, alla 29 kommuner och metoden finns i den regionala rapporten. Modell "
        "{hash}. {runs} körningar. Görs om med: {command}",
    ),
    "size: under 5 000": ("under 5,000 people", "under 5 000 invånare"),
    "size: 5 000 to 20 000": ("5,000 to 20,000 people", "5 000–20 000 invånare"),
    "size: over 20 000": ("over 20,000 people", "över 20 000 invånare"),
}
