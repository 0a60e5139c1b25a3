"""The sentences of a comparison's summary, in English and Swedish."""

SENTENCES: dict[str, tuple[str, str]] = {
    "title": ("{others} compared with {base}", "{others} jämfört med {base}"),
    "kind": (
        "Differences between scenarios: what the model says would be otherwise if the assumptions were. No forecast.",
        "Skillnader mellan scenarier: vad som enligt modellen blir annorlunda om antagandena är andra. Ingen prognos.",
    ),
    "less": ("{one} less {base}", "{one} minus {base}"),
    "short heading": ("In short: {one}", "I korthet: {one}"),
    "same": (
        "The two scenarios assume the same in every number, so they do not differ.",
        "De två scenarierna antar samma sak i varje tal, så de skiljer sig inte åt.",
    ),
    "people": (
        "{year}: {change} people ({per_cent} per cent), {value} instead of {base}; the same difference of new "
        "residents.",
        "{year}: {change} invånare ({per_cent} procent), {value} i stället för {base}; lika stor skillnad i nya "
        "invånare.",
    ),
    "people band": (
        "Of {pairs} pairs of runs with the same chance, 8 of 10 give {low} to {high}; {more}.",
        "Av {pairs} par av körningar med samma slump ger 8 av 10 en skillnad på {low} till {high}; {more}.",
    ),
    "more of 10": (
        "{share} of 10 give more people than the other scenario",
        "{share} av 10 ger fler invånare än det andra scenariot",
    ),
    "more all": ("all give more people than the other scenario", "alla ger fler invånare än det andra scenariot"),
    "more none": ("all give fewer people than the other scenario", "alla ger färre invånare än det andra scenariot"),
    "line": (
        "{title}, {year}: {change} ({value} instead of {base}){band}.",
        "{title}, {year}: {change} ({value} i stället för {base}){band}.",
    ),
    "band": ("; 8 of 10 pairs: {low} to {high}", "; 8 av 10 par: {low} till {high}"),
    "most": (
        "The largest difference of people in {year} is in {place}: {change}, {per_cent} per cent of its population.",
        "Störst skillnad i folkmängd {year} har {place}: {change}, {per_cent} procent av folkmängden.",
    ),
    "why heading": ("Why: each assumption's share in {year}", "Varför: varje antagandes del {year}"),
    "why exact": (
        "Every combination of the {count} groups of assumptions was run ({runs} runs). A group's share is what it "
        "adds on average over all orders in which the assumptions could be changed one after the other (Shapley "
        "value), so the shares add up to the whole difference. Runs with everything at its median.",
        "Alla kombinationer av de {count} grupperna av antaganden har körts ({runs} körningar). En grupps del är vad "
        "den tillför i genomsnitt över alla ordningar som antagandena kan ändras i, ett efter ett (Shapleyvärde), så "
        "delarna summerar till hela skillnaden. Körningar där allt har sitt medianvärde.",
    ),
    "why one": (
        "The scenarios differ in one group of assumptions: all of the difference is its share.",
        "Scenarierna skiljer sig i en enda grupp av antaganden: hela skillnaden är dess del.",
    ),
    "why sampled": (
        "With {count} groups of assumptions there are too many combinations to run all. {orders} orders were drawn, "
        "each with its reverse ({runs} runs): the shares still add up to the whole difference, and each is told with "
        "its standard error. Runs with everything at its median.",
        "Med {count} grupper av antaganden finns för många kombinationer för att köra alla. {orders} ordningar "
        "drogs, var och en även omvänd ({runs} körningar): delarna summerar ändå till hela skillnaden, och varje del "
        "anges med sitt medelfel. Körningar där allt har sitt medianvärde.",
    ),
    "why first": (
        "*{name}* stands for most: {change} people ({altered}).",
        "*{name}* står för mest: {change} invånare ({altered}).",
    ),
    "assumption": ("assumption", "antagande"),
    "changed": ("what it changes", "vad som ändras"),
    "whole": ("the whole difference", "hela skillnaden"),
    "loops heading": ("Which loops carried it in {year}", "Vilka slingor som bar skillnaden {year}"),
    "loops how": (
        "A loop is opened by giving the equations in which it closes the values that the scenario compared with has, "
        "instead of those of the run. What a loop carried is what its closing adds on average over all orders of "
        "closing the loops, one after the other: direct and carried add up to the difference. The last column tells "
        "what would vanish if only this loop were opened; these do not add up, since the loops act on each other.",
        "En slinga öppnas genom att ekvationerna där den sluts får jämförelsescenariots värden i stället för "
        "körningens egna. Det en slinga bär är vad det tillför i genomsnitt att sluta den, över alla ordningar att "
        "sluta slingorna en efter en: direkt och buret summerar till skillnaden. Sista kolumnen visar vad som skulle "
        "försvinna om bara den slingan öppnades; de summerar inte, eftersom slingorna påverkar varandra.",
    ),
    "loops first": (
        "Most of the people were carried by *{name}* ({told}): {change} of {whole}.",
        "Mest av skillnaden i folkmängd bars av *{name}* ({told}): {change} av {whole}.",
    ),
    "loops note": (
        "Where a loop begins and another ends is our reading of the equations: the links stand in the table, and a "
        "link that two loops share is counted with one of them. Recruits from outside belong to B2, so that nearly "
        "all who move for a job are carried by it; prices that fall after layoffs act through B1's links.",
        "Var en slinga börjar och en annan slutar är vår läsning av ekvationerna: länkarna står i tabellen, och en "
        "länk som två slingor delar räknas till en av dem. Rekrytering utifrån hör till B2, så nästan alla som "
        "flyttar för ett jobb bärs av den; priser som faller efter uppsägningar verkar genom länkarna i B1.",
    ),
    "loop": ("loop", "slinga"),
    "link": ("link that is opened", "länk som öppnas"),
    "direct": ("direct, with every loop open", "direkt, med alla slingor öppna"),
    "carried people": ("people", "invånare"),
    "carried jobs": ("jobs", "jobb"),
    "alone people": ("people, opened alone", "invånare, öppnad ensam"),
    "table heading": ("By municipality in {year}", "Kommun för kommun {year}"),
    "table note": ("Differences; people also in per cent.", "Skillnader; invånare även i procent."),
    "place": ("municipality", "kommun"),
    "industry heading": ("Jobs by industry in {year}", "Jobb efter näringsgren {year}"),
    "industry": ("industry", "näringsgren"),
    "instead": ("{value} instead of {base}", "{value} i stället för {base}"),
    "difference": ("difference", "skillnad"),
    "values": ("level", "nivå"),
    "ages heading": ("People by age and sex in {year}", "Folkmängd efter ålder och kön {year}"),
    "age": ("age", "ålder"),
    "assumed heading": ("What the scenarios assume differently", "Vad scenarierna antar olika"),
    "how heading": ("How far to trust it", "Hur långt det går att lita på"),
    "start": (
        "All runs start at the end of {start} from what is observed, whatever the scenarios' own first year: history "
        "is the same in both.",
        "Alla körningar startar vid slutet av {start} från det som är observerat, oavsett scenariernas eget startår: "
        "historien är densamma i båda.",
    ),
    "chance": (
        "The {pairs} pairs share every draw of what is uncertain (seed {seed}): parameters, yearly shocks, the fate "
        "of projects. The bands are about the difference, so what moves both scenarios alike is not in them. Chance "
        "delays and stops projects in both, so the median of the pairs is often smaller than the difference of the "
        "two runs.",
        "De {pairs} paren delar varje dragning av det som är osäkert (frö {seed}): parametrar, årliga störningar, "
        "projektens öden. Banden gäller skillnaden, så det som påverkar båda scenarierna lika ingår inte. Slumpen "
        "försenar och stoppar projekt i båda, så parens median är ofta mindre än skillnaden mellan de två "
        "körningarna.",
    ),
    "no chance": (
        "No band: the two runs have everything at its median. `--members 500` gives the difference a band.",
        "Inget band: de två körningarna har allt på sitt medianvärde. `--members 500` ger skillnaden ett band.",
    ),
    "error": (
        "The largest standard error of a share of people in {year} is {error}.",
        "Det största medelfelet för en del av folkmängden {year} är {error}.",
    ),
    "judged": (
        "The form of the equations is not questioned, and much of the behaviour in them is judged (see the "
        "parameters' quality): where both scenarios share an error, most of it goes out of the difference, but not "
        "the way people and employers respond.",
        "Ekvationernas form ifrågasätts inte, och mycket av beteendet i dem är bedömt (se parametrarnas kvalitet): "
        "där båda scenarierna delar ett fel försvinner det mesta ur skillnaden, men inte hur människor och "
        "arbetsgivare reagerar.",
    ),
    "figures heading": ("Figures", "Figurer"),
    "figure difference": ("The region's differences year by year", "Regionens skillnader år för år"),
    "figure why": ("Each assumption's share", "Varje antagandes del"),
    "figure loops": ("What the loops carried", "Vad slingorna bar"),
    "figure map": ("The difference of people on the map", "Skillnaden i folkmängd på kartan"),
    "figure who": ("Age groups, industries, municipalities", "Åldersgrupper, näringsgrenar, kommuner"),
    "figure municipalities": ("The municipalities year by year", "Kommunerna år för år"),
    "files heading": ("Files", "Filer"),
    "file 1": (
        "`results.nc`: every measure by year, municipality, county and region: base, difference, shares, loops, bands.",
        "`results.nc`: varje mått efter år, kommun, län och region: jämförelse, skillnad, delar, slingor, band.",
    ),
    "file 2": (
        "`differences.csv`, `assumptions.csv`, `loops.csv`: the same as tables (shares and loops for {years}).",
        "`differences.csv`, `assumptions.csv`, `loops.csv`: samma sak som tabeller (delar och slingor för {years}).",
    ),
    "file 3": ("`…-sv.csv`: the tables for Swedish Excel.", "`…-sv.csv`: tabellerna för svenskt Excel."),
    "file 4": (
        "`run.json`: model, data, scenarios, seed and what was run.",
        "`run.json`: modell, data, scenarier, frö och vad som kördes.",
    ),
}
