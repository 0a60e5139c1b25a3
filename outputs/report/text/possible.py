"""What holds growth back and what can be done."""

WORDS: dict[str, tuple[str, str]] = {
    "heading": ("What holds growth back, and what can be done", "Vad som bromsar och vad som kan göras"),
    "rule": (
        "These are illustrations: the scenario's middle assumptions with one thing changed everywhere, from {first}, "
        "phased in over {ramp} years. A hindrance is taken away by moving its levers to the good ends of their "
        "ranges; a measure is a step that somebody could decide on, chosen by judgement (quality D). Page one names "
        "the measures with at least {least} more residents in {goal}, at most four, largest first. Costs are not "
        "part of this ranking.",
        "Här redovisas räkneexempel: scenariots mittersta antaganden med en enda sak ändrad överallt, från {first} "
        "och infasad över {ramp} år. Ett hinder tas bort genom att dess spakar ställs i den bästa änden av sina "
        "intervall; en åtgärd är ett steg som någon kan besluta om, valt genom bedömning (kvalitet D). På första "
        "sidan nämns de åtgärder som ger minst {least} fler invånare {goal}, högst fyra, störst först. Kostnader "
        "ingår inte i rangordningen.",
    ),
    "obstacles title": (
        "More residents in {goal} if a hindrance were gone (illustration)",
        "Fler invånare {goal} om ett hinder försvann (räkneexempel)",
    ),
    "obstacles alt": (
        "Hatched bars. Largest: {top}, {gain} more residents; all hindrances at once: {all}.",
        "Streckade staplar. Störst: {top}, {gain} fler invånare; alla hinder på en gång: {all}.",
    ),
    "obstacles summary": (
        "Without any of these hindrances the region would have about {all} more residents in {goal}, {new} in all "
        "since {base}: {verdict}. No single one of them is enough.",
        "Helt utan dessa hinder skulle regionen ha omkring {all} fler invånare {goal}, totalt {new} sedan {base}: "
        "{verdict}. Inget enskilt hinder räcker att ta bort.",
    ),
    "obstacles summary one": (
        "Without any of these hindrances there would be about {all} more residents in {goal}, {new} in all since "
        "{base}: {verdict}.",
        "Helt utan dessa hinder skulle det finnas omkring {all} fler invånare {goal}, totalt {new} sedan {base}: "
        "{verdict}.",
    ),
    "more than need": ("more than the need of {target}", "mer än behovet på {target}"),
    "less than need": ("less than the need of {target}", "mindre än behovet på {target}"),
    "measures title": (
        "More residents in {goal} with one measure (illustration)",
        "Fler invånare {goal} med en åtgärd (räkneexempel)",
    ),
    "measures alt": (
        "Hatched bars for {count} measures. Largest: {top}, {gain} more residents.",
        "Streckade staplar för {count} åtgärder. Störst: {top}, {gain} fler invånare.",
    ),
    "measures summary": (
        "“{top}” gives most. {less} give next to nothing in new residents; they may be worth their cost for other "
        "reasons. “{inclusion}” gives fewer residents, since jobs are then filled by those who live here already: "
        "good for them and for the tax base, but no growth.",
        "”{top}” ger mest. {less} ger nästan inga nya invånare; de kan vara värda sin kostnad av andra skäl. "
        "”{inclusion}” ger färre invånare, eftersom jobben då fylls av dem som redan bor här: bra för dem och för "
        "skatteunderlaget, men ingen befolkningsökning.",
    ),
    "measures summary plain": (
        "“{top}” gives most. {less} give next to nothing in new residents; they may be worth their cost for other "
        "reasons.",
        "”{top}” ger mest. {less} ger nästan inga nya invånare; de kan vara värda sin kostnad av andra skäl.",
    ),
    "several": ("{count} measures", "{count} åtgärder"),
    "hindrance": ("Hindrance taken away", "Hinder som tas bort"),
    "measure": ("Measure", "Åtgärd"),
    "residents": ("More residents {goal}", "Fler invånare {goal}"),
    "workers": ("Registered elsewhere", "Folkbokförda på annat håll"),
    "tax": ("Tax forgone", "Utebliven skatt"),
    "millions": ("SEK million", "mnkr"),
}
LABELS: dict[str, tuple[str, str]] = {
    "relocation incentive": ("Support to those who register here", "Stöd till den som folkbokför sig"),
    "reception capacity": ("More reception of newcomers", "Större mottagande av nyinflyttade"),
    "attraction campaigns": ("Recruitment campaigns abroad", "Rekryteringsinsatser utomlands"),
    "plan to building start": ("Shorter time from plan to building", "Kortare tid från plan till byggstart"),
    "planning capacity": ("More planning capacity", "Mer planeringskapacitet"),
    "building support": ("Public support to building", "Offentligt byggstöd"),
    "cost premium": ("Lower building costs", "Lägre byggkostnad"),
    "temporary lodgings": ("Temporary lodgings for commuters", "Tillfälligt boende för pendlare"),
    "mobile builders": ("More builders from elsewhere", "Fler byggare från andra orter"),
    "education programme": ("More education places", "Fler utbildningsplatser"),
    "inclusion programme": ("Inclusion in the labour force", "Inkludering i arbetskraften"),
    "remote work": ("Work from home", "Hemarbete"),
    "grid programme": ("More grid", "Mer elnät"),
    "road standard": ("Shorter travel times", "Kortare restider"),
    "equalisation guarantee": ("Higher income equalisation", "Högre inkomstutjämning"),
    "health programme": ("Prevention in health", "Förebyggande hälsoarbete"),
}
