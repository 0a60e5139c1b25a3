"""The sentences of an ensemble's summary.md, in English and Swedish."""

SENTENCES: dict[str, tuple[str, str]] = {
    "kind": (
        "{runs} runs of one scenario: what may follow if its assumptions hold, each run with its own draw of what is "
        "uncertain. This is a scenario, not a forecast, and not a target.",
        "{runs} körningar av ett scenario: vad som kan följa om antagandena håller, varje körning med sin egen "
        "dragning av det osäkra. Detta är ett scenario, inte en prognos, och inget mål.",
    ),
    "short heading": ("In short: both counties together", "I korthet: båda länen tillsammans"),
    "people": (
        "{year}: {median} people in the middle run; in 8 of 10 runs between {low} and {high}.",
        "{year}: {median} invånare i den mittersta körningen; i 8 av 10 körningar mellan {low} och {high}.",
    ),
    "new": (
        "{year}: {median} new residents since {base} in the middle run; in 8 of 10 runs between {low} and {high}.",
        "{year}: {median} nya invånare sedan {base} i den mittersta körningen; i 8 av 10 körningar mellan {low} "
        "och {high}.",
    ),
    "reached": (
        "The named need of {target} new residents has been reached by {year} {chance}.",
        "Det uttalade behovet av {target} nya invånare har nåtts senast {year} {chance}.",
    ),
    "other": (
        "{year}, {name}: {median}; in 8 of 10 runs between {low} and {high}.",
        "{year}, {name}: {median}; i 8 av 10 körningar mellan {low} och {high}.",
    ),
    "covers heading": ("What the bands cover", "Vad banden täcker"),
    "parameters": (
        "{count} assumptions on behaviour, demography and projects, drawn from {origin} and spread evenly over their "
        "ranges (Sobol' sequence of seed {seed}).",
        "{count} antaganden om beteende, demografi och projekt, dragna ur {origin} och jämnt spridda över sina "
        "intervall (Sobol'-sekvens med frö {seed}).",
    ),
    "priors": ("priors (not fitted to history)", "antagna fördelningar (inte anpassade till historien)"),
    "posterior": ("the fit {file}", "anpassningen {file}"),
    "noise": (
        "Years that turn out better or worse than rates and equations say: births, deaths, moves, immigration, jobs "
        "and house prices vary from year to year, together and in each municipality on its own, as much as they have "
        "in history.",
        "År som blir bättre eller sämre än takter och samband säger: födda, döda, flyttningar, invandring, jobb och "
        "huspriser varierar mellan åren, gemensamt och i varje kommun för sig, så mycket som de har gjort historiskt.",
    ),
    "projects": (
        "That industry projects are delayed, become smaller, stop or close, with the stated risks of "
        "scenarios/project_risk.csv.",
        "Att industriprojekt försenas, blir mindre, stoppas eller läggs ned, med de angivna riskerna i "
        "scenarios/project_risk.csv.",
    ),
    "not heading": ("What the bands do not cover", "Vad banden inte täcker"),
    "structure": (
        "The model itself: another model of the same region would give other bands.",
        "Modellen själv: en annan modell av samma region skulle ge andra band.",
    ),
    "policy": (
        "National policy and the world outside: equalisation, taxes, migration law, the national labour market, war, "
        "new projects that nobody has announced. They are as the scenario states, in every run.",
        "Nationell politik och omvärlden: utjämning, skatter, migrationslag, arbetsmarknaden i landet, krig, nya "
        "projekt som ingen har aviserat. De är som scenariot säger, i varje körning.",
    ),
    "held": (
        "{count} parameters that are held at one value: definitions, and those that the scenario sets "
        "(run.json lists them with the reason).",
        "{count} parametrar som hålls vid ett värde: definitioner, och sådana som scenariot bestämmer "
        "(run.json räknar upp dem med skäl).",
    ),
    "data": (
        "Errors in the statistics that the runs start from.",
        "Fel i den statistik som körningarna utgår från.",
    ),
    "enough heading": ("Are there runs enough?", "Räcker körningarna?"),
    "error": (
        "With {runs} runs the median of people in {year} is known to within about ±{error} (19 of 20), "
        "which is {share} per cent of the width of the 8-of-10 band.",
        "Med {runs} körningar är medianen för folkmängden {year} känd på ungefär ±{error} när (19 av 20), "
        "vilket är {share} procent av bredden på bandet för 8 av 10 körningar.",
    ),
    "enough": (
        "That is enough: more runs would not change the picture.",
        "Det räcker: fler körningar skulle inte ändra bilden.",
    ),
    "too few": (
        "That is coarse: {wanted} runs would bring it below {limit} per cent (sim.py ensemble --members {plain} "
        "continues from these).",
        "Det är grovt: {wanted} körningar skulle ge mindre än {limit} procent (sim.py ensemble --members {plain} "
        "fortsätter från dessa).",
    ),
    "tails": (
        "The ends of the band of 19 of 20 runs rest on the {beyond} outermost runs on each side.",
        "Ändarna på bandet för 19 av 20 körningar vilar på de {beyond} yttersta körningarna åt vardera hållet.",
    ),
    "one run": (
        "A single run has no band: give more --members.",
        "En enda körning har inget band: ge fler --members.",
    ),
    "checks heading": ("Do the bands look reasonable?", "Ser banden rimliga ut?"),
    "small is wider": (
        "{verdict}: in {year} the {count} smallest municipalities have relatively wider bands than Umeå: {small} "
        "against {large} per cent of the median (in {last}: {last_small} against {last_large}).",
        "{verdict}: {year} har de {count} minsta kommunerna relativt sett bredare band än Umeå: {small} mot {large} "
        "procent av medianen ({last}: {last_small} mot {last_large}).",
    ),
    "widens": (
        "{verdict}: the region's band widens with time, from {narrow} per cent of the median in {first} to {wide} per "
        "cent in {last}.",
        "{verdict}: regionens band vidgas med tiden, från {narrow} procent av medianen {first} till {wide} procent "
        "{last}.",
    ),
    "together": (
        "{verdict}: the region's spread in {year} is {ratio} times that of municipalities independent of one another; "
        "if all moved in step it would be {most} times.",
        "{verdict}: regionens spridning {year} är {ratio} gånger den som av varandra oberoende kommuner skulle ge; om "
        "alla gick i takt vore den {most} gånger.",
    ),
    "yes": ("Yes", "Ja"),
    "no": ("NO, look into this", "NEJ, undersök detta"),
    "table heading": ("The municipalities: people", "Kommunerna: folkmängd"),
    "table header": (
        "| Area | {first} (observed or start) | {last}, median | {last}, 8 of 10 runs | change, %, 8 of 10 runs |",
        "| Område | {first} (observerat eller start) | {last}, median | {last}, 8 av 10 körningar "
        "| förändring, %, 8 av 10 körningar |",
    ),
    "range": ("{low} to {high}", "{low} till {high}"),
    "changes heading": ("What the scenario changes", "Vad scenariot ändrar"),
    "no changes": ("Nothing: the model's own assumptions.", "Ingenting: modellens egna antaganden."),
    "figures heading": ("Figures", "Figurer"),
    "region alt": (
        "Fan charts of both counties together, {first} to {last}. {told}",
        "Solfjäderdiagram för båda länen tillsammans, {first} till {last}. {told}",
    ),
    "multiples alt": (
        "Fan charts of the people of the 29 municipalities until {last}. In {falling} of them 9 of 10 runs end below "
        "the people of {first}, in {rising} 9 of 10 end above; in the other {open} it may go either way.",
        "Solfjäderdiagram för folkmängden i de 29 kommunerna till {last}. I {falling} av dem slutar 9 av 10 körningar "
        "under folkmängden {first}, i {rising} slutar 9 av 10 över; i de andra {open} kan det gå åt båda hållen.",
    ),
    "target alt": (
        "Left, new residents since {base} until {last} against the need of {target}. Right, the share of the runs that "
        "have reached it by each year: by {last} {chance}.",
        "Till vänster nya invånare sedan {base} till {last} mot behovet av {target}. Till höger andelen körningar som "
        "nått det senast varje år: senast {last} {chance}.",
    ),
    "files heading": ("Files", "Filer"),
    "file bands.nc": (
        "`bands.nc`: quantiles, mean, standard deviation and error of the median of every result, year and area.",
        "`bands.nc`: kvantiler, medelvärde, standardavvikelse och medianens medelfel, per resultat, år och område.",
    ),
    "file bands.csv": (
        "`bands.csv`, `bands-sv.csv`: the same as tables; the second opens in Swedish Excel.",
        "`bands.csv`, `bands-sv.csv`: samma som tabeller; den andra öppnas i svenskt Excel.",
    ),
    "file target.csv": (
        "`target.csv`, `target-sv.csv`: new residents and the chance of having reached the need, by year.",
        "`target.csv`, `target-sv.csv`: nya invånare och sannolikheten att ha nått behovet, efter år.",
    ),
    "file run.json": (
        "`run.json`: scenario, model, data, seed and distributions: what it takes to make this again.",
        "`run.json`: scenario, modell, data, frö och fördelningar: vad som krävs för att göra om detta.",
    ),
    "difference kind": (
        "{one} less {two}: {runs} pairs of runs, the two of each pair with the same draw of what is uncertain, so that "
        "the difference is the scenario's and not chance. A scenario, not a forecast.",
        "{one} minus {two}: {runs} par av körningar, de två i varje par med samma dragning av det osäkra, så att "
        "skillnaden är scenariots och inte slumpens. Ett scenario, inte en prognos.",
    ),
    "difference title": ("{one} less {two}", "{one} minus {two}"),
    "more": (
        "{year}, {name}: {median} in the middle pair; in 8 of 10 pairs between {low} and {high}; higher {chance}.",
        "{year}, {name}: {median} i det mittersta paret; i 8 av 10 par mellan {low} och {high}; högre {chance}.",
    ),
    "of": ("{some} of {all}", "{some} av {all}"),
    "difference header": (
        "| Area | {last}, median | {last}, 8 of 10 pairs | pairs with more people |",
        "| Område | {last}, median | {last}, 8 av 10 par | par med fler invånare |",
    ),
    "difference alt": (
        "Fan charts of the difference for both counties together: {one} less {two}; the line at nothing is no "
        "difference.",
        "Solfjäderdiagram för skillnaden för båda länen tillsammans: {one} minus {two}; linjen vid noll är ingen "
        "skillnad.",
    ),
}
