"""The sentences of a sensitivity analysis' summary, in English and Swedish."""

SENTENCES: dict[str, tuple[str, str]] = {
    "title": ("What drives the outcomes: {scenario}", "Vad som driver utfallen: {scenario}"),
    "kind": (
        "This tells how the model's outcomes depend on uncertain inputs. It is no forecast, and an input that matters "
        "here matters in the model.",
        "Detta visar hur modellens utfall beror på osäkra indata. Det är ingen prognos, och en indata som betyder "
        "mycket här gör det i modellen.",
    ),
    "short heading": ("In short: {place}", "I korthet: {place}"),
    "driver": (
        "{outcome} in {year} ({middle} with everything at its median) depends most on {label}: between its low and "
        "high value it changes by {low} to {high} {unit}.",
        "{outcome} år {year} ({middle} när allt har sitt medianvärde) beror mest på {label}: mellan dess låga och höga "
        "värde ändras utfallet med {low} till {high} {unit}.",
    ),
    "earlier": ("In {year} it depends most on {label}.", "År {year} beror det mest på {label}."),
    "share": (
        "It stands for {share} per cent of the uncertainty.",
        "Den står för {share} procent av osäkerheten.",
    ),
    "then": ("Then come {inputs}.", "Därefter kommer {inputs}."),
    "still": (
        "{outcome} in {year}: none of the inputs moves it, so there is nothing to divide.",
        "{outcome} år {year}: ingen indata påverkar det, så det finns inget att fördela.",
    ),
    "undefined": (
        "{outcome} in {year}: it is not a number in some of the runs, so that nothing can be said about it.",
        "{outcome} år {year}: det är inte ett tal i en del av körningarna, så inget kan sägas om det.",
    ),
    "trust heading": ("Were there enough runs?", "Var körningarna tillräckligt många?"),
    "screening widest_unimportant settled": (
        "Screening: which inputs hardly matter has settled (widest interval of one of them {worst}, limit {limit}).",
        "Gallring: vilka indata som knappt spelar roll har stabiliserats (bredaste intervall {worst}, gräns {limit}).",
    ),
    "screening widest_unimportant unsettled": (
        "**Not converged.** Screening: which inputs hardly matter has not settled for {beyond} of {all} outcomes "
        "(widest interval {worst} of the largest effect, limit {limit}). Give more --trajectories; shares of all "
        "other inputs together, below, tell whether something was missed.",
        "**Inte konvergerat.** Gallring: vilka indata som knappt spelar roll har inte stabiliserats för {beyond} av "
        "{all} utfall (bredaste intervall {worst} av den största effekten, gräns {limit}). Ange fler --trajectories; "
        "andelen för all annan indata tillsammans, nedan, visar om något missats.",
    ),
    "screening swaps settled": (
        "Screening: the order of the inputs that matter has settled (change of place {worst}, limit {limit}).",
        "Gallring: ordningen mellan viktiga indata har stabiliserats (platsbyte {worst}, gräns {limit}).",
    ),
    "screening swaps unsettled": (
        "**Not converged.** Screening: the order of the inputs has not settled for {beyond} of {all} outcomes (change "
        "of place {worst}, limit {limit}). Inputs with similar effects may stand the other way round.",
        "**Inte konvergerat.** Gallring: ordningen mellan indata har inte stabiliserats för {beyond} av {all} utfall "
        "(platsbyte {worst}, gräns {limit}). Indata med liknande effekt kan stå omvänt.",
    ),
    "shares widest_unimportant settled": (
        "Shares: which inputs hardly matter has settled (widest interval {worst}, limit {limit}).",
        "Andelar: vilka indata som knappt spelar roll har stabiliserats (bredaste intervall {worst}, gräns {limit}).",
    ),
    "shares widest_unimportant unsettled": (
        "**Not converged.** Shares: which inputs hardly matter has not settled for {beyond} of {all} outcomes (widest "
        "interval {worst}, limit {limit}). Double --samples.",
        "**Inte konvergerat.** Andelar: vilka indata som knappt spelar roll har inte stabiliserats för {beyond} av "
        "{all} utfall (bredaste intervall {worst}, gräns {limit}). Fördubbla --samples.",
    ),
    "shares swaps settled": (
        "Shares: the order of the inputs that matter has settled (change of place {worst}, limit {limit}).",
        "Andelar: ordningen mellan viktiga indata har stabiliserats (platsbyte {worst}, gräns {limit}).",
    ),
    "shares swaps unsettled": (
        "**Not converged.** Shares: the order of the inputs has not settled for {beyond} of {all} outcomes (change of "
        "place {worst}, limit {limit}). Double --samples.",
        "**Inte konvergerat.** Andelar: ordningen mellan indata har inte stabiliserats för {beyond} av {all} utfall "
        "(platsbyte {worst}, gräns {limit}). Fördubbla --samples.",
    ),
    "shares widest settled": (
        "Shares: the numbers themselves have settled (widest interval {worst}, limit {limit}).",
        "Andelar: själva talen har stabiliserats (bredaste intervall {worst}, gräns {limit}).",
    ),
    "shares widest unsettled": (
        "**Not converged.** Shares: the numbers themselves have not settled for {beyond} of {all} outcomes (widest "
        "95 per cent interval {worst}, limit {limit}). Read them with their intervals, or double --samples.",
        "**Inte konvergerat.** Andelar: själva talen har inte stabiliserats för {beyond} av {all} utfall (bredaste "
        "95-procentsintervall {worst}, gräns {limit}). Läs dem med sina intervall, eller fördubbla --samples.",
    ),
    "others small": (
        "All inputs that are not told one by one stand together for at most {worst} per cent of the uncertainty "
        "({outcome} in {year}): leaving them out of the list was right.",
        "All indata som inte nämns var för sig står tillsammans för högst {worst} procent av osäkerheten ({outcome} "
        "år {year}): det var rätt att inte lista dem.",
    ),
    "others large": (
        "All inputs that are not told one by one stand together for up to {worst} per cent of the uncertainty "
        "({outcome} in {year}): many small ones, or one that the screening missed.",
        "All indata som inte nämns var för sig står tillsammans för upp till {worst} procent av osäkerheten ({outcome} "
        "år {year}): många små, eller någon som gallringen missat.",
    ),
    "criteria": (
        "Criteria: Sarrazin, Pianosi & Wagener 2016, Environmental Modelling & Software 79:135-152, on bootstrap "
        "samples.",
        "Kriterier: Sarrazin, Pianosi & Wagener 2016, Environmental Modelling & Software 79:135-152, på "
        "bootstrapurval.",
    ),
    "how heading": ("How it was done", "Hur det gjordes"),
    "runs": (
        "{runs} runs of the whole model, {inputs} inputs, seed {seed}.",
        "{runs} körningar av hela modellen, {inputs} indata, frö {seed}.",
    ),
    "screened": (
        "Screening of all inputs by Morris' method with {trajectories} trajectories. The {told} strongest are told one "
        "by one: as many as it takes for those left out to hold a tenth of the sum of squared mean effects (mu*) in "
        "every outcome, year and place, and at most {most}.",
        "Gallring av all indata med Morris metod och {trajectories} banor. De {told} starkaste nämns var för sig: så "
        "många som krävs för att övriga ska stå för en tiondel av summan av kvadrerade genomsnittliga effekter (mu*) i "
        "varje utfall, år och plats, och högst {most}.",
    ),
    "divided": (
        "Shares of the uncertainty: total Sobol' indices from {samples} base points. They count interactions, so they "
        "may add up to more than 100. The other inputs vary too, as one group: none is held fixed.",
        "Andelar av osäkerheten: totala Sobol'-index från {samples} baspunkter. De räknar samspel och kan därför "
        "summera till mer än 100. Även övrig indata varierar, som en grupp: ingen hålls fast.",
    ),
    "one at a time": (
        "Changes are from runs in which one input goes to its low or high value and all others stay at their median.",
        "Ändringar är från körningar där en indata går till sitt låga eller höga värde och allt annat är kvar vid sin "
        "median.",
    ),
    "ranges": (
        "Low and high are the values below and above which 1 of 10 believed values lie, as an ensemble draws them. "
        "Project risks that occur less often than that show no change here but do in the shares.",
        "Lågt och högt är de värden som 1 av 10 trodda värden ligger under respektive över, så som en ensemble drar "
        "dem. Projektrisker som inträffar mer sällan än så visar ingen ändring här men syns i andelarna.",
    ),
    "means": (
        "Shares, rates, prices and levels of the region are means over the municipalities weighted by people.",
        "Regionens andelar, takter, priser och nivåer är medelvärden över kommunerna, vägda med folkmängden.",
    ),
    "no noise": (
        "Yearly shocks of births, deaths, moves, jobs and prices are off: this is about what is not known, not about "
        "chance.",
        "Årliga slumpvariationer i födslar, dödsfall, flyttningar, jobb och priser är avstängda: det gäller vad man "
        "inte vet, inte slumpen.",
    ),
    "not asked": (
        "Levers stay as the scenario has them unless --levers was given; the form of the equations is not questioned.",
        "Spakar står som i scenariot om inte --levers angavs; ekvationernas form ifrågasätts inte.",
    ),
    "dead heading": ("Inputs that change none of these outcomes", "Indata som inte ändrar något av dessa utfall"),
    "dead": ("{count}: {inputs}.", "{count}: {inputs}."),
    "files heading": ("Files", "Filer"),
    "file 1": (
        "`sensitivity.nc`: everything with labels, units and names.",
        "`sensitivity.nc`: allt med etiketter, enheter och namn.",
    ),
    "file 2": (
        "`sensitivity.csv`: one row per outcome, year, place and input.",
        "`sensitivity.csv`: en rad per utfall, år, plats och indata.",
    ),
    "file 3": ("`sensitivity-sv.csv`: the same for Swedish Excel.", "`sensitivity-sv.csv`: samma för svenskt Excel."),
    "file 4": (
        "`run.json`: model, data, scenario, seed and what the inputs were drawn from.",
        "`run.json`: modell, data, scenario, frö och vad indata drogs ur.",
    ),
    "file 5": ("`figures/`: PNG and SVG.", "`figures/`: PNG och SVG."),
}
