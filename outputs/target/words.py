"""The words of a search's summary, figures and scenario, in English and Swedish."""

SENTENCES: dict[str, tuple[str, str]] = {
    "title new": (
        "What would it take: {target} new residents by {year}?",
        "Vad krävs för {target} nya invånare till {year}?",
    ),
    "title other": (
        "What would it take: {name} {bound} {target} in {year}?",
        "Vad krävs för att nå {name} {bound} {target} år {year}?",
    ),
    "at least": ("at least", "minst"),
    "at most": ("at most", "högst"),
    "kind": (
        "A search among what-ifs, not a forecast: the costs of measures are mostly judged, and the answer is no "
        "better than they are.",
        "En sökning bland tänkta åtgärder, inte en prognos. Åtgärdernas kostnader är till stor del bedömningar, "
        "och svaret är inte säkrare än de.",
    ),
    "answer heading": ("The answer", "Svaret"),
    "place": (
        "Area: {place}. Scenario without measures: {scenario}.",
        "Område: {place}. Scenario utan åtgärder: {scenario}.",
    ),
    "unreached": (
        "**No: the target cannot be reached within the limits with the measures there are.** In {runs} they reach "
        "{furthest} at most; {short} are lacking.",
        "**Nej. Målet går inte att nå inom gränserna med de åtgärder som finns.** I {runs} räcker de som mest till "
        "{furthest}. Då saknas {short}.",
    ),
    "reached": (
        "**Yes: the target can be reached in {runs}.** The {aim} mix found costs {cost} million SEK a year "
        "(between {low} and {high} as costs are judged).",
        "**Ja. Målet går att nå i {runs}.** Den {aim} blandning som sökningen fann kostar {cost} miljoner kronor per "
        "år (mellan {low} och {high} enligt bedömda kostnader).",
    ),
    "cheapest": ("cheapest", "billigaste"),
    "smallest": ("smallest", "minsta"),
    "nearly": (
        "The {aim} mix that comes nearly as far costs {cost} million SEK a year (between {low} and {high} as costs are "
        "judged).",
        "Den {aim} blandning som kommer nästan lika långt kostar {cost} miljoner kronor per år (mellan {low} och "
        "{high} enligt bedömda kostnader).",
    ),
    "needless": (
        "**No measures are needed: the scenario as it is reaches the target in {runs}.**",
        "**Inga åtgärder behövs. Scenariot når målet i {runs} som det är.**",
    ),
    "without": (
        "Without measures: {level} in {runs}; the middle run has {median}. The target is reached {chance}.",
        "Utan åtgärder: {level} i {runs}. Den mittersta körningen har {median}. Målet nås {chance}.",
    ),
    "with": (
        "With the mix, on {fresh} runs that the search has not seen: {level} in {runs}; the middle run has {median}. "
        "The target is reached {chance}. On the {members} runs searched on: {seen} in {runs}, and the target in "
        "{reached}.",
        "Med blandningen, prövad på {fresh} körningar som sökningen inte har sett: {level} i {runs}. Den mittersta "
        "körningen har {median}. Målet nås {chance}. På de {members} körningar som sökningen använde: {seen} i {runs}, "
        "och målet i {reached}.",
    ),
    "weaker": (
        "So the wished probability does not hold outside the search: search with more --members, or ask for more.",
        "Den önskade sannolikheten håller alltså inte utanför sökningen: sök med fler --members eller begär mer.",
    ),
    "each": (
        "Each unit gained ({unit}) costs {price} SEK a year on average.",
        "Varje vunnen enhet ({unit}) kostar i genomsnitt {price} kronor per år.",
    ),
    "each new": (
        "Each of the residents gained costs {price} SEK a year on average.",
        "Varje invånare som vinns kostar i genomsnitt {price} kronor per år.",
    ),
    "marginal": (
        "The last ones cost most: {price} SEK a year for one more at the target.",
        "De sista är dyrast: {price} kronor per år för ytterligare en vid målet.",
    ),
    "stops heading": ("What stops it", "Vad som tar emot"),
    "binding level": (
        "{title}: {measured}, at its limit ({bound}). Eased to {eased}, {gain} more are reached.",
        "{title}: {measured}, vid sin gräns ({bound}). Flyttas gränsen till {eased} nås ytterligare {gain}.",
    ),
    "binding cost": (
        "{title}: {measured}, at its limit ({bound}). Eased to {eased}, the target costs {gain} million SEK a year "
        "less.",
        "{title}: {measured}, vid sin gräns ({bound}). Flyttas gränsen till {eased} kostar målet {gain} miljoner "
        "kronor mindre per år.",
    ),
    "no limit": ("No limit binds.", "Ingen gräns tar emot."),
    "exhausted": (
        "These measures are at full strength at the furthest point, and would carry on (gain of a tenth more): "
        "{levers}.",
        "De här åtgärderna är fullt utnyttjade i den yttersta punkten och skulle ge mer (vinst av ytterligare en "
        "tiondel): {levers}.",
    ),
    "broken": (
        "The scenario without measures breaks a limit already, which here only must not get worse: {titles}.",
        "Redan scenariot utan åtgärder går utanför en gräns, som här bara inte får överskridas mer: {titles}.",
    ),
    "half": (
        "Content with half of the runs, the same mix reaches {median}.",
        "Den som nöjer sig med hälften av körningarna får {median} med samma blandning.",
    ),
    "mix heading": ("The mix", "Blandningen"),
    "mix none": ("No measures.", "Inga åtgärder."),
    "mix header": (
        "| Measure | Where | From | To | Strength, % | Decided by | Paid by | MSEK a year | low to high |",
        "| Åtgärd | Var | Från | Till | Styrka, % | Beslutas av | Betalas av | mnkr per år | lågt till högt |",
    ),
    "mix when": (
        "In force from 1 January {start}, phased in over {ramp} years. Strength 100 is full: the end of the "
        "lever's range, or what is judged practicable (lever_costs.csv).",
        "Från den 1 januari {start}, infasat över {ramp} år. Styrka 100 är full styrka: spakens yttersta värde i "
        "modellen, eller vad som bedöms genomförbart (lever_costs.csv).",
    ),
    "alone heading": ("Each measure alone: which krona gives most", "Varje åtgärd för sig: vilken krona ger mest"),
    "alone header": (
        "| Measure at full strength | Gain in {runs} | Gain in the middle run | MSEK a year | SEK a year per unit "
        "gained |",
        "| Åtgärd vid full styrka | Vinst i {runs} | Vinst i mittersta körningen | mnkr per år | kronor per år och "
        "vunnen enhet |",
    ),
    "alone note": (
        "Gain: {unit} in {year} beyond the scenario without measures; per unit: in the middle run. '{none}': "
        "nothing gained, or less than one run in the ensemble can tell ({least}).",
        "Vinst: {unit} {year} utöver scenariot utan åtgärder; per enhet: i den mittersta körningen. ”{none}”: "
        "ingen vinst, eller mindre än vad ensemblen kan skilja ut ({least}).",
    ),
    "backwards": (
        "Works against the target: {levers}. It may be worth having for other reasons.",
        "Verkar mot målet: {levers}. Kan ändå vara värt att göra av andra skäl.",
    ),
    "limits heading": ("The limits", "Gränserna"),
    "limits header": (
        "| Limit | Bound | Without measures | With the mix | Furthest | Source (quality) |",
        "| Gräns | Värde | Utan åtgärder | Med blandningen | Ytterst | Källa (kvalitet) |",
    ),
    "limits note": (
        "Each has to hold in the share of the runs that its row of limits.csv tells. --limit name=value changes "
        "one, --limit name=none lifts it, --limits FILE gives others.",
        "Var och en ska hålla i den andel av körningarna som raden i limits.csv anger. --limit namn=värde ändrar "
        "en, --limit namn=none tar bort den, --limits FIL ger andra.",
    ),
    "frontier heading": ("What less would cost", "Vad mindre kostar"),
    "frontier header": (
        "| MSEK a year | reached in {runs} | the middle run |",
        "| mnkr per år | nås i {runs} | mittersta körningen |",
    ),
    "sure heading": ("How far to trust it", "Hur långt svaret håller"),
    "sure search": (
        "{trials} mixes tried on the same {members} runs (seed {seed}), each with its own draw of everything "
        "uncertain; checked on {fresh} others (seed {other}).",
        "{trials} blandningar prövade på samma {members} körningar (frö {seed}), var och en med egen dragning av "
        "allt osäkert; kontrollerade på {fresh} andra (frö {other}).",
    ),
    "sure starts": (
        "Searched from {starts} starts, which came to: {levels}.",
        "Sökt från {starts} utgångspunkter, som kom till: {levels}.",
    ),
    "sure settled": ("The search had settled when it ended.", "Sökningen hade stannat av när den slutade."),
    "sure unsettled": (
        "The search ended before it had settled: more --steps may find a little more.",
        "Sökningen avbröts innan den stannat av: fler --steps kan ge något mer.",
    ),
    "sure costs": (
        "Costs are in prices of 2024, counted in the runs (newcomers, homes, inhabitants), not discounted, a mean "
        "of the years {start}-{year}. A local search: another mix with the same level may cost about as much.",
        "Kostnaderna är i 2024 års priser, räknade i körningarna (inflyttade, bostäder, invånare), inte "
        "diskonterade, ett medelvärde för åren {start}–{year}. Sökningen är lokal: en annan blandning med samma "
        "nivå kan kosta ungefär lika mycket.",
    ),
    "sure not": (
        "Not covered: what measures do elsewhere in the country, other municipalities' answer to them, what the "
        "model does not know, and whether they would be decided.",
        "Täcker inte: vad åtgärderna gör i resten av landet, andra kommuners svar, det modellen inte känner till, "
        "eller om åtgärderna skulle beslutas.",
    ),
    "again heading": ("How to do it again", "Så görs det om"),
    "again run": (
        "`{command}`: one run of the mix without chance; it gives {value} in {year}.",
        "`{command}`: en körning av blandningen utan slump, som ger {value} år {year}.",
    ),
    "again check": ("`{command}`: the runs of the check.", "`{command}`: kontrollens körningar."),
    "files heading": ("Files", "Filer"),
    "file mix": ("`{mix}`: the mix as a scenario", "`{mix}`: blandningen som scenario"),
    "file tables": (
        "`levers.csv`, `mix.csv`, `limits.csv`, `frontier.csv` (and `-sv.csv` for Swedish Excel): every number above",
        "`levers-sv.csv`, `mix-sv.csv`, `limits-sv.csv`, `frontier-sv.csv` (för svensk Excel): alla tal ovan",
    ),
    "file record": ("`run.json`: what it takes to do this again", "`run.json`: vad som behövs för att göra om detta"),
    "figure frontier": (
        "Cost a year and what enough runs reach: the cheapest mixes, the mix chosen, each measure alone, the target",
        "Kostnad per år och vad tillräckligt många körningar når: de billigaste blandningarna, den valda, varje "
        "åtgärd för sig, målet",
    ),
    "figure levers": (
        "What each measure gains alone at full strength, and its price",
        "Vad varje åtgärd ger för sig vid full styrka, och priset",
    ),
    "figure limits": (
        "How much of the room up to each limit the mix uses",
        "Hur stor del av utrymmet till varje gräns som blandningen tar i anspråk",
    ),
    "runs": ("{some} of {all} runs", "{some} av {all} körningar"),
    "by law": ("by law, both counties", "i lag, båda länen"),
    "everywhere": ("everywhere", "överallt"),
    "per cent": ("per cent", "procent"),
    "points": ("percentage points", "procentenheter"),
    "scenario source": (
        "Found by a search (sim.py target): the {aim} mix, judged by what {runs} reach, on {members} runs of seed "
        "{seed}. Costs and limits are partly judged.",
        "Funnet genom sökning (sim.py target): den {aim} blandningen, bedömd efter vad {runs} når, på {members} "
        "körningar med frö {seed}. Kostnader och gränser är till en del bedömningar.",
    ),
    "lever source": (
        "Chosen by the search: {strength} per cent of full strength, which is {full}; why, and the cost: "
        "scenarios/lever_costs.csv.",
        "Vald av sökningen: {strength} procent av full styrka, som är {full}. Skäl och kostnad: "
        "scenarios/lever_costs.csv.",
    ),
    "scenario title new": ("Towards {target} new residents by {year}", "Mot {target} nya invånare till {year}"),
    "scenario title other": ("Towards {name} {bound} {target} in {year}", "Mot {name} {bound} {target} år {year}"),
    "story unreached": (
        "The target is not reached. This is the {aim} mix found that comes nearly as far as measures of "
        "municipalities, regions and the state carry within limits on building, homes, municipal finance, "
        "workforce and the public bill: in {runs} {level} or more, {lacking} short of the target, which {reached} "
        "of {fresh} runs reach. Without measures the same share of runs reaches {without}. It costs about {cost} "
        "million SEK a year, as judged. What stops it first: {stops}.",
        "Målet nås inte. Det här är den {aim} blandning som sökningen fann som kommer nästan så långt som "
        "kommunernas, regionernas och statens åtgärder räcker inom gränserna för byggande, bostäder, kommunal "
        "ekonomi, arbetskraft och offentliga kostnader: i {runs} minst {level}, vilket är {lacking} för lite. "
        "Målet nås i {reached} av {fresh} körningar. Utan åtgärder når lika många körningar {without}. Blandningen "
        "bedöms kosta omkring {cost} miljoner kronor per år. Det som först tar emot: {stops}.",
    ),
    "story reached": (
        "The {aim} mix found that reaches the target in {runs} within limits on building, homes, municipal "
        "finance, workforce and the public bill. Checked on {fresh} runs that the search had not seen, {reached} "
        "reach it; the same share of runs without measures reaches {without}. It costs about {cost} million SEK a "
        "year, as judged.",
        "Den {aim} blandning som sökningen fann som når målet i {runs} inom gränserna för byggande, bostäder, "
        "kommunal ekonomi, arbetskraft och offentliga kostnader. Prövad på {fresh} körningar som sökningen inte "
        "hade sett nås målet i {reached}. Utan åtgärder når lika många körningar {without}. Blandningen bedöms "
        "kosta omkring {cost} miljoner kronor per år.",
    ),
    "story none": (
        "the measures themselves, all of them at full strength",
        "åtgärderna själva, som alla är fullt utnyttjade",
    ),
}
WHO: dict[str, tuple[str, str]] = {
    "municipality": ("municipalities", "kommunerna"),
    "region": ("regions", "regionerna"),
    "state": ("the state", "staten"),
    "residents": ("residents", "invånarna"),
}
UNITS: dict[str, tuple[str, str]] = {
    "campaigns/year": ("", ""),
    "kSEK/person": ("thousand SEK a person and year", "tkr per person och år"),
    "times today's": ("times today's", "gånger dagens"),
    "year": ("years", "år"),
    "share of the cost": ("of the cost", "av kostnaden"),
    "share moved": ("of the use", "av användningen"),
    "share of the county's builders": ("of the county's builders", "av länets byggarbetare"),
    "share of income": ("of income", "av inkomsten"),
    "share of the country's mean": ("of the country's mean", "av rikets medelvärde"),
    "times today's travel times": ("of today's travel times", "av dagens restider"),
    "share of the reachable": ("of the reachable", "av dem som kan nås"),
    "fall of mortality": ("lower mortality", "lägre dödlighet"),
}
FIGURES: dict[str, tuple[str, str]] = {
    "frontier title": ("What it costs, and how far it reaches", "Vad det kostar och hur långt det räcker"),
    "levers title": ("Each measure alone at full strength", "Varje åtgärd för sig vid full styrka"),
    "limits title": (
        "How much of the room up to each limit is used",
        "Hur stor del av utrymmet till varje gräns som används",
    ),
    "cost axis": ("billion SEK a year (2024 prices)", "miljarder kronor per år (2024 års priser)"),
    "level axis": ("{unit} {year}, reached in {runs}", "{unit} {year}, nås i {runs}"),
    "gain axis": ("gain in {year}, middle run, {unit}", "vinst {year}, mittersta körningen, {unit}"),
    "room axis": (
        "per cent of the room between the scenario without measures and the limit",
        "procent av utrymmet mellan scenariot utan åtgärder och gränsen",
    ),
    "target": ("target {target}", "mål {target}"),
    "mix": ("the mix", "blandningen"),
    "reference": ("without measures", "utan åtgärder"),
    "cheapest": ("cheapest mixes", "billigaste blandningarna"),
    "below": (
        "{place} · {scenario} · a search among what-ifs, not a forecast",
        "{place} · {scenario} · en sökning bland tänkta åtgärder, inte en prognos",
    ),
    "price": ("{price} kSEK a year per unit", "{price} tkr per år och enhet"),
    "price new": ("{price} kSEK a year per resident", "{price} tkr per år och invånare"),
    "one list": ("One measure alone:", "En åtgärd för sig:"),
    "no gain": ("no gain", "ingen vinst"),
    "at limit": ("the limit", "gränsen"),
}
