"""The sentences of a discovery's summary, in English and Swedish."""

SENTENCES: dict[str, tuple[str, str]] = {
    "title": ("What the runs turn on: {scenario}", "Vad som avgör: {scenario}"),
    "kind": (
        "{runs} runs of one scenario, each with its own draw of what is uncertain. This tells which draws go with "
        "which ends in the model. It is no forecast, and what goes together need not be a cause.",
        "{runs} körningar av ett scenario, var och en med sin egen dragning av det som är osäkert. Här visas vilka "
        "dragningar som hör ihop med vilka utfall i modellen. Det är ingen prognos, och det som hör ihop behöver "
        "inte vara en orsak.",
    ),
    "happens": ("In {count} of {runs} runs: {what}.", "I {count} av {runs} körningar: {what}."),
    "all": (
        "That is so in all of the {runs} runs: no condition within what is believed possible changes it, so there is "
        "nothing to tell apart. The run that comes furthest has {most} new residents.",
        "Så är det i alla {runs} körningar: inget villkor inom det som bedöms möjligt ändrar det, så det finns inget "
        "att skilja åt. Den körning som kommer längst har {most} nya invånare.",
    ),
    "none": (
        "That happens in none of the {runs} runs, so there is nothing to tell apart.",
        "Det inträffar inte i någon av de {runs} körningarna, så det finns inget att skilja åt.",
    ),
    "few": (
        "Only {fewest} of the {runs} runs differ from the rest in this: too few to say what tells them apart (at "
        "least 20 are needed).",
        "Bara {fewest} av de {runs} körningarna skiljer sig från resten i detta: för få för att säga vad som avgör "
        "(minst 20 behövs).",
    ),
    "box": (
        "**{conditions}.** In {coverage} of the runs where it happens this holds, and of the runs where this holds "
        "it happens in {density} (of all runs in {base}).",
        "**{conditions}.** I {coverage} av de körningar där det inträffar gäller detta, och av de körningar där "
        "detta gäller inträffar det i {density} (av alla körningar i {base}).",
    ),
    "further": ("Another way there: {box}", "En annan väg dit: {box}"),
    "foundation": ("{label}: {quality}; {again}", "{label}: {quality}; {again}"),
    "foundation further": ("{label}: {quality}", "{label}: {quality}"),
    "unseen": (
        "Sought in four fifths of the runs and tried on the last fifth, over all fifths, such conditions hold: where "
        "they do, it happens in {density} of unseen runs, against {base} of all.",
        "Sökt i fyra femtedelar av körningarna och prövat på den sista, över alla femtedelar, håller sådana villkor: "
        "där de gäller inträffar det i {density} av osedda körningar, mot {base} av alla.",
    ),
    "loose": (
        "The choice of conditions is loose: other halves of the runs name other inputs, since many of them tell a "
        "little. Read the conditions as one of several roads, not as the road.",
        "Valet av villkor är löst: andra halvor av körningarna nämner andra indata, eftersom många av dem säger lite "
        "grand. Läs villkoren som en av flera vägar, inte som vägen.",
    ),
    "no box": (
        "No single set of conditions tells these runs from the others: sets found in four fifths of the runs do not "
        "hold in the last fifth (it happens in {density} of the unseen runs where they hold, in {base} of all). "
        "Several things each tell a little, as the tree below shows.",
        "Ingen enskild uppsättning villkor skiljer dessa körningar från de andra: uppsättningar som hittats i fyra "
        "femtedelar av körningarna håller inte i den sista (det inträffar i {density} av de osedda körningar där de "
        "gäller, i {base} av alla). Flera saker säger var för sig lite, som trädet nedan visar.",
    ),
    "nothing": (
        "Nothing that was drawn tells these runs from the others: conditions found in four fifths of the runs do not "
        "hold in the last fifth (it happens in {density} of the unseen runs where they hold, in {base} of all). "
        "Chance in single years, or many small things together, decide.",
        "Inget av det som dragits skiljer dessa körningar från de andra: villkor som hittats i fyra femtedelar av "
        "körningarna håller inte i den sista (det inträffar i {density} av de osedda körningar där de gäller, i "
        "{base} av alla). Slumpen i enskilda år, eller många små saker tillsammans, avgör.",
    ),
    "tree": (
        "A tree of at most three questions ranks an unseen run in which it happens above one in which it does not in "
        "{skill} of 100 cases (50 is guessing). Most often, in {density} of the runs, it happens where: "
        "{conditions}. Least often, in {low}, where: {least}.",
        "Ett träd med högst tre frågor rangordnar en osedd körning där det inträffar över en där det inte gör det i "
        "{skill} fall av 100 (50 är gissning). Oftast, i {density} av körningarna, inträffar det där: {conditions}. "
        "Mest sällan, i {low}, där: {least}.",
    ),
    "tree nothing": (
        "A tree of at most three questions does little better than guessing on unseen runs ({skill} of 100 pairs in "
        "the right order; 50 is guessing).",
        "Ett träd med högst tre frågor gör det knappt bättre än gissning på osedda körningar ({skill} av 100 par i "
        "rätt ordning; 50 är gissning).",
    ),
    "economies heading": ("Municipalities whose economy fails", "Kommuner vars ekonomi sviktar"),
    "economies how": (
        "Failing means here: {what}. `--failing` and `--threshold` choose another meaning.",
        "Att svikta betyder här: {what}. `--failing` och `--threshold` väljer en annan innebörd.",
    ),
    "meaning accumulated": (
        "by the end of {year} the results beyond a surplus of 2 per cent of taxes and grants a year, summed since "
        "the start, are below {limit} SEK per inhabitant",
        "resultaten utöver ett överskott på 2 procent av skatter och bidrag per år, summerade sedan start, är vid "
        "slutet av {year} under {limit} kronor per invånare",
    ),
    "meaning tax-base": (
        "from the first full year to {year} the tax base per inhabitant has grown at least {limit} percentage points "
        "less than the region's",
        "skattekraften har från första hela året till {year} vuxit minst {limit} procentenheter mindre än regionens",
    ),
    "meaning services": (
        "in {year} services per need are below {limit} per cent of the base year's level",
        "servicen i förhållande till behovet är {year} under {limit} procent av basårets nivå",
    ),
    "place": ("municipality", "kommun"),
    "fails": ("runs in which it fails", "körningar där den sviktar"),
    "median": ("median of the runs, {unit}", "median av körningarna, {unit}"),
    "how heading": ("How it was done", "Hur det gjordes"),
    "drawn": (
        "{things} uncertain things were drawn in each run: parameters, the fates of projects, and yearly shocks, "
        "told as their mean over the years to {year}. Shocks and levels of single other municipalities are left out "
        "of a municipality's question.",
        "{things} osäkra saker drogs i varje körning: parametrar, projektens öden och årliga störningar, här som "
        "medelvärde över åren till {year}. Störningar och nivåer i enskilda andra kommuner är inte med i en kommuns "
        "fråga.",
    ),
    "prim": (
        "Boxes by PRIM (Friedman & Fisher 1999; Bryant & Lempert 2010): at most four conditions, each of which could "
        "be chance in at most 1 of 20 cases (quasi-p-value), in at least 4 per cent of the runs.",
        "Villkoren med PRIM (Friedman & Fisher 1999; Bryant & Lempert 2010): högst fyra villkor, vart och ett med "
        "högst 1 fall av 20 där det kunde vara slump (kvasi-p-värde), i minst 4 procent av körningarna.",
    ),
    "cart": (
        "Trees by CART (scikit-learn): at most three questions, at least 5 per cent of the runs in a leaf, judged by "
        "five-fold cross-validation.",
        "Träden med CART (scikit-learn): högst tre frågor, minst 5 procent av körningarna i ett löv, bedömda med "
        "femfaldig korsvalidering.",
    ),
    "held": (
        "What all runs share can tell nothing: the scenario itself, national policy, the form of the equations.",
        "Det som alla körningar delar kan inte skilja dem åt: scenariot självt, nationell politik, ekvationernas form.",
    ),
    "files heading": ("Files", "Filer"),
    "file 1": (
        "`conditions.csv`, `conditions-sv.csv`: every box and leaf with its limits, coverage, density and mass.",
        "`conditions.csv`, `conditions-sv.csv`: varje låda och löv med gränser, täckning, täthet och andel av "
        "körningarna.",
    ),
    "file 2": (
        "`economies.csv`, `economies-sv.csv`: how often each municipality's economy fails.",
        "`economies.csv`, `economies-sv.csv`: hur ofta varje kommuns ekonomi sviktar.",
    ),
    "file 3": (
        "`discover.nc`: what every run drew, and how it ended.",
        "`discover.nc`: vad varje körning drog, och hur den slutade.",
    ),
    "file 4": ("`run.json`: the ensemble and what was asked.", "`run.json`: ensemblen och vad som frågades."),
}
