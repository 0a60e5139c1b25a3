"""Homes, municipal economy, services."""

WORDS: dict[str, tuple[str, str]] = {
    "homes heading": ("Homes", "Bostäder"),
    "built title": ("Homes completed per year", "Färdigställda bostäder per år"),
    "built alt": (
        "Line with bands: {median} homes completed in {goal}, between {low} and {high} in 8 of 10 runs; {now} in "
        "{start}.",
        "Linje med band: {median} färdigställda bostäder {goal}, mellan {low} och {high} i 8 av 10 körningar; {now} "
        "år {start}.",
    ),
    "built summary": (
        "{now} homes were completed in {start}. In the middle run {median} are in {goal} ({low} to {high} in 8 of 10 "
        "runs).",
        "År {start} färdigställdes {now} bostäder. I mittersta körningen blir det {median} år {goal} ({low} till "
        "{high} i 8 av 10 körningar).",
    ),
    "missing title": ("Homes missing", "Bostäder som saknas"),
    "missing alt": (
        "Line with bands: {median} homes missing in {goal}, between {low} and {high} in 8 of 10 runs.",
        "Linje med band: {median} bostäder saknas {goal}, mellan {low} och {high} i 8 av 10 körningar.",
    ),
    "missing summary": (
        "{median} households lack a home of their own in {goal}, while {vacant} per cent of the homes have no "
        "registered household: homes and need are in different places.",
        "{median} hushåll saknar egen bostad {goal}, samtidigt som {vacant} procent av bostäderna står utan "
        "folkbokfört hushåll: bostäderna och behovet finns på olika orter.",
    ),
    "homes": (
        "From {next} to {goal} the runs complete {built} homes on average, {per_year} a year, and {lost} are lost, "
        "among them those of the city moves in Kiruna and Malmberget. From plan to building start takes {plan} years "
        "in the model, as the national mean.",
        "Från {next} till {goal} färdigställs i medeltal {built} bostäder, {per_year} per år, medan {lost} "
        "försvinner, bland dem bostäderna i Kirunas och Malmbergets stadsomvandlingar. Tiden från detaljplan till "
        "byggstart är {plan} år i modellen, som genomsnittet för riket.",
    ),
    "homes table": ("Where homes are most lacking, {goal}", "Där bostadsbristen är störst, {goal}"),
    "municipality": ("Municipality", "Kommun"),
    "missing per": ("Homes missing per 1 000 homes", "Saknade bostäder per 1 000 bostäder"),
    "vacant": ("Homes without registered household", "Bostäder utan folkbokfört hushåll"),
    "built per year": ("Completed a year, mean", "Färdigställda per år, medel"),
    "economy heading": ("Municipal economy and tax forgone", "Kommunernas ekonomi och utebliven skatt"),
    "millions": ("SEK million", "mnkr"),
    "forgone title": ("Tax forgone, SEK million a year", "Utebliven skatt, mnkr per år"),
    "forgone alt": (
        "Line with bands: SEK {median} million a year forgone in {goal}, between {low} and {high} in 8 of 10 runs.",
        "Linje med band: {median} mnkr per år uteblir {goal}, mellan {low} och {high} i 8 av 10 körningar.",
    ),
    "forgone summary": (
        "Had those who work here been registered here, municipalities and regions would have SEK {median} million "
        "more a year in {goal} ({low} to {high} in 8 of 10 runs; 2024 prices, before equalisation).",
        "Om de som arbetar här också varit folkbokförda här hade kommuner och regioner haft {median} mnkr mer per år "
        "{goal} ({low} till {high} i 8 av 10 körningar; 2024 års priser, före utjämning).",
    ),
    "per title": ("Tax forgone per inhabitant {goal}, SEK", "Utebliven skatt per invånare {goal}, kr"),
    "per alt": (
        "Dots with 8 of 10 runs for the ten municipalities with most. First: {top} with SEK {top_value} per "
        "inhabitant.",
        "Prickar med 8 av 10 körningar för de tio kommuner som har mest. Först: {top} med {top_value} kr per invånare.",
    ),
    "per summary": (
        "{top} forgoes most, about SEK {top_value} per inhabitant and year, then {second} with {second_value}.",
        "Mest uteblir i {top}, omkring {top_value} kr per invånare och år, därefter i {second} med {second_value} kr.",
    ),
    "kronor": ("SEK a year", "kr per år"),
    "median": ("median", "median"),
    "low": ("8 of 10: from", "8 av 10: från"),
    "high": ("8 of 10: to", "8 av 10: till"),
    "base": (
        "The tax base is SEK {base} billion a year in {goal} in the middle run, against {base_now} in {start}: {per} "
        "thousand per inhabitant. The municipalities' results together are SEK {result} million; {deficits} of 29 "
        "have a deficit in {goal} in at least half of the runs. The economy is simplified: it shows direction, not a "
        "budget.",
        "Skatteunderlaget är {base} mdkr per år {goal} i mittersta körningen, mot {base_now} år {start}, vilket ger "
        "en skattekraft på {per} tkr per invånare. Kommunernas resultat är sammanlagt {result} mnkr; {deficits} av "
        "29 kommuner har underskott {goal} i minst hälften av körningarna. Ekonomin är förenklad: den visar "
        "riktning, inte en budget.",
    ),
    "service heading": ("Services", "Service"),
    "service title": (
        "Service level {goal} ({start} = 1, dashed line)",
        "Servicenivå {goal} ({start} = 1, streckad linje)",
    ),
    "service alt": (
        "Dots with 8 of 10 runs for the five highest and the five lowest municipalities. Highest: {top} "
        "({top_value}); lowest: {bottom} ({bottom_value}).",
        "Prickar med 8 av 10 körningar för de fem högsta och de fem lägsta kommunerna. Högst: {top} ({top_value}); "
        "lägst: {bottom} ({bottom_value}).",
    ),
    "service summary": (
        "The service level weighs staff and money against need by age. In {goal} it is lower than in {start} in "
        "{lower} of 29 municipalities in the middle run, most in {bottom} ({bottom_value} against 1).",
        "Servicenivån väger personal och pengar mot behovet efter ålder. År {goal} är den lägre än {start} i {lower} "
        "av 29 kommuner i mittersta körningen, mest i {bottom} ({bottom_value} mot 1).",
    ),
    "service summary none": (
        "The service level weighs staff and money against need by age. In the middle run no municipality has a lower "
        "one in {goal} than in {start}; the least rise is in {bottom} ({bottom_value} against 1). It is no measure "
        "of quality.",
        "Servicenivån väger personal och pengar mot behovet efter ålder. I mittersta körningen har ingen kommun "
        "lägre nivå {goal} än {start}; minst ökar den i {bottom} ({bottom_value} mot 1). Den är inget mått på "
        "kvalitet.",
    ),
    "relative": ("relative to {start}", "relativt {start}"),
    "burden title": ("Younger and older per 100 aged 20–64", "Yngre och äldre per 100 i åldern 20–64"),
    "burden alt": (
        "Line with bands: {median} younger or older per 100 aged 20–64 in {goal}, between {low} and {high} in 8 of "
        "10 runs.",
        "Linje med band: {median} yngre eller äldre per 100 i åldern 20–64 {goal}, mellan {low} och {high} i 8 av 10 "
        "körningar.",
    ),
    "burden summary": (
        "In {goal} {median} people are younger than 20 or older than 64 per 100 of working age ({low} to {high} in 8 "
        "of 10 runs).",
        "År {goal} går det {median} personer under 20 eller över 64 år på 100 i arbetsför ålder ({low} till {high} i "
        "8 av 10 körningar).",
    ),
    "services": (
        "People aged 80 or more become {old_change} more from {start} to {goal}. Welfare jobs go from {welfare_now} "
        "to {welfare}: the care of the old and the industry recruit from the same people.",
        "De som är 80 år eller äldre blir {old_change} fler från {start} till {goal}. Välfärdsjobben går från "
        "{welfare_now} till {welfare}: äldreomsorgen och industrin rekryterar bland samma människor.",
    ),
}
