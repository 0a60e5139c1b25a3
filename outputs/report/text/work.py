"""Jobs, moving, commuting, registered and present."""

WORDS: dict[str, tuple[str, str]] = {
    "heading": ("Jobs, and who fills them", "Jobben och vem som fyller dem"),
    "intro": (
        "The question is not only how many jobs come, but who takes them: those who live here, those who move here, "
        "or those who commute and fly in.",
        "Frågan är inte bara hur många jobb som kommer, utan vem som tar dem: den som redan bor här, den som flyttar "
        "hit eller den som pendlar eller flyger in.",
    ),
    "moves intro": (
        "From {next} to {goal} net moves bring {net} people and births less deaths {balance} (means of the runs).",
        "Från {next} till {goal} ger flyttnettot {net} personer och födelsenettot {balance} (körningarnas "
        "medelvärden).",
    ),
    "present intro": (
        "Two populations are kept apart: those registered here, who pay local tax, and those present on a mean day.",
        "Två befolkningar hålls isär: de folkbokförda, som betalar kommunalskatt här, och de som är närvarande en "
        "medeldag.",
    ),
    "jobs title": ("Filled jobs (at workplaces here), thousands", "Besatta jobb (dagbefolkning), tusental"),
    "thousands": ("thousands", "tusental"),
    "jobs alt": (
        "Line with bands: filled jobs {median} in {goal} in the middle run, between {low} and {high} in 8 of 10 runs.",
        "Linje med band: {median} besatta jobb {goal} i mittersta körningen, mellan {low} och {high} i 8 av 10 "
        "körningar.",
    ),
    "jobs summary": (
        "Filled jobs go from {now} to {median} ({low} to {high} in 8 of 10 runs). The announced projects themselves "
        "stand for {projects} net jobs in {goal}.",
        "De besatta jobben går från {now} till {median} ({low} till {high} i 8 av 10 körningar). De aviserade "
        "projekten står själva för {projects} nettojobb {goal}.",
    ),
    "unemployed title": ("Unemployed", "Arbetslösa"),
    "unemployed alt": (
        "Line with bands: {median} unemployed in {goal}, between {low} and {high} in 8 of 10 runs; {now} in {start}.",
        "Linje med band: {median} arbetslösa {goal}, mellan {low} och {high} i 8 av 10 körningar; {now} år {start}.",
    ),
    "unemployed summary": (
        "{median} are unemployed in {goal} in the middle run, {rate} per cent of the labour force.",
        "{median} är arbetslösa {goal} i mittersta körningen, {rate} procent av arbetskraften.",
    ),
    "fill title": (
        "Who is hired, per cent of those hired who had no job in the region",
        "Vem som anställs, procent av de anställda som inte redan hade jobb i regionen",
    ),
    "local": ("unemployed, live here", "arbetslösa som bor här"),
    "move": ("from outside, move here", "utifrån, flyttar hit"),
    "fly": ("from outside, registered there", "utifrån, folkbokförda kvar där"),
    "fill alt": (
        "Divided bars by period. {first}: {local} per cent live here, {move} per cent move here, {fly} per cent stay "
        "registered elsewhere.",
        "Delade staplar per period. {first}: {local} procent bor här, {move} procent flyttar hit, {fly} procent är "
        "kvar i folkbokföringen på annat håll.",
    ),
    "fill summary": (
        "Of ten people recruited from outside the region {moving} move here and the others commute or fly in. Of all "
        "hired who had no job here, {local} per cent are residents who were unemployed.",
        "Av tio som rekryteras utifrån regionen flyttar {moving} hit; de övriga pendlar eller flyger in. Av alla "
        "anställda utan tidigare jobb i regionen är {local} procent arbetslösa som redan bor här.",
    ),
    "period": ("Period", "Period"),
    "industries": ("Filled jobs by industry", "Besatta jobb efter näringsgren"),
    "industry": ("Industry", "Näringsgren"),
    "change": ("Change {start}–{goal}", "Förändring {start}–{goal}"),
    "basic": ("Mining, manufacturing, energy", "Gruvor, tillverkning, energi"),
    "construction": ("Construction", "Byggverksamhet"),
    "services": ("Private services", "Privata tjänster"),
    "welfare": ("Welfare services", "Välfärdstjänster"),
    "other": ("Other", "Övrigt"),
    "middle": ("Run on the middle assumptions, without chance.", "Körning på de mittersta antagandena, utan slump."),
    "moves heading": ("Moving and commuting", "Flyttning och pendling"),
    "moves title": ("Moves per year, thousands", "Flyttningar per år, tusental"),
    "in": ("in", "in"),
    "out": ("out", "ut"),
    "moves alt": (
        "Two lines, observed as dots until {start}: {moved_in} in and {moved_out} out in {goal} in the middle run.",
        "Två linjer, observerat som prickar till {start}: {moved_in} in och {moved_out} ut {goal} i mittersta "
        "körningen.",
    ),
    "moves summary": (
        "In {goal} {moved_in} move in and {moved_out} move out in the middle run, moves between municipalities of "
        "the region included.",
        "År {goal} flyttar {moved_in} in och {moved_out} ut i mittersta körningen, flyttar mellan regionens kommuner "
        "inräknade.",
    ),
    "net title": ("Net moves per year", "Flyttnetto per år"),
    "net alt": (
        "Line with bands: net moves {median} a year in {goal}, between {low} and {high} in 8 of 10 runs.",
        "Linje med band: flyttnettot är {median} per år {goal}, mellan {low} och {high} i 8 av 10 körningar.",
    ),
    "net summary": (
        "Net moves are {median} a year in {goal} ({low} to {high} in 8 of 10 runs).",
        "Flyttnettot är {median} per år {goal} ({low} till {high} i 8 av 10 körningar).",
    ),
    "commute": (
        "{commuters} residents work in another municipality of the two counties in {goal}, against {commuters_now} "
        "in {start}. The largest streams:",
        "{commuters} invånare arbetar i en annan kommun i de båda länen {goal}, mot {commuters_now} år {start}. De "
        "största pendlingsströmmarna:",
    ),
    "streams": ("The largest commuting streams", "De största pendlingsströmmarna"),
    "from to": ("From – to", "Från – till"),
    "present heading": ("Registered and present", "Folkbokförd och närvarande befolkning"),
    "outside title": ("Workers registered elsewhere, thousands", "Arbetande folkbokförda på annat håll, tusental"),
    "outside alt": (
        "Line with bands: {median} workers registered elsewhere in {goal}, between {low} and {high} in 8 of 10 runs.",
        "Linje med band: {median} arbetande folkbokförda på annat håll {goal}, mellan {low} och {high} i 8 av 10 "
        "körningar.",
    ),
    "outside summary": (
        "Official statistics count residents. In {goal} {median} more work here without being registered here ({low} "
        "to {high} in 8 of 10 runs); on a mean day {present} more people are present than registered. They use "
        "roads, water, care and homes, but pay their tax elsewhere.",
        "Den officiella statistiken räknar folkbokförda. År {goal} arbetar ytterligare {median} personer här utan "
        "att vara folkbokförda här ({low} till {high} i 8 av 10 körningar); en genomsnittlig dag är {present} fler "
        "närvarande än folkbokförda. De använder vägar, vatten, vård och bostäder men betalar sin skatt på annat "
        "håll.",
    ),
    "outside here title": ("Workers registered elsewhere", "Arbetande folkbokförda på annat håll"),
    "outside here alt": (
        "Line with bands: {median} workers registered elsewhere in {goal}, between {low} and {high} in 8 of 10 runs.",
        "Linje med band: {median} arbetande folkbokförda på annat håll {goal}, mellan {low} och {high} i 8 av 10 "
        "körningar.",
    ),
    "outside here summary": (
        "{median} work here in {goal} without being registered here ({low} to {high} in 8 of 10 runs); they pay "
        "their local tax elsewhere.",
        "År {goal} arbetar {median} personer här utan att vara folkbokförda här ({low} till {high} i 8 av 10 "
        "körningar); de betalar sin kommunalskatt på annat håll.",
    ),
    "outside table": (
        "Where most workers are registered elsewhere, {goal}",
        "Där flest arbetande är folkbokförda på annat håll, {goal}",
    ),
    "municipality": ("Municipality", "Kommun"),
    "registered": ("Registered", "Folkbokförda"),
    "present": ("Present, mean day", "Närvarande, medeldag"),
    "workers": ("Workers registered elsewhere", "Arbetande folkbokförda på annat håll"),
    "low": ("8 of 10: from", "8 av 10: från"),
    "high": ("8 of 10: to", "8 av 10: till"),
}
