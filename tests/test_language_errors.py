"""Every mistake in a sector file is told in words: where, what, both values, how to resolve it."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.language import ModelErrors, load_model

DIMENSIONS = """{UTF-8}
municipality: Umeå, Malå, Kiruna ~~ Places. |
workplace <-> municipality ~~ The place of a job. |
age: (a0-a3) ~~ Age. |
younger: (a0-a2) -> older ~~ Ages that grow older. |
older: (a1-a3) ~~ The ages they reach. |
people[municipality] = 5, 6, 7 ~ persons [0, 10] ~ People. Source: count. Quality: A. |
by age[age] = 1, 2, 3, 4 ~ persons [0, 10] ~ People by age. Source: count. Quality: A. |
jobs = 3 ~ jobs [0, 10] ~ Jobs. Source: count. Quality: A. |
moment = 2012 ~ year [2000, 2050] ~ A moment. Source: definition. Quality: A. |
table((0, 1), (1, 2)) ~ dmnl ~ A table. |
"""

# equation (line 12 of the file) -> the words of its message
CASES = {
    "x = peple[Umeå] ~ persons ~ X. |": ("'x': the name 'peple' is unknown.", "Did you mean 'people'?"),
    "x = people ~ persons ~ X. |": (
        "'x': 'people' has the subscripts [municipality], but is read with none.",
        "Write people[municipality].",
    ),
    "x = people[municipality] ~ persons ~ X. |": (
        "'x': 'municipality' in 'people[…]' is not on the left-hand side.",
        "Sum over it (municipality! under SUM), use an element, or declare a mapping "
        "(municipality: … -> the range on the left).",
    ),
    "x[age] = people[age] ~ persons ~ X. |": (
        "'x': 'age' does not lie in 'municipality', over which 'people' runs.",
        "Read it with 'municipality' or an element of it.",
    ),
    "x = people[Ume] ~ persons ~ X. |": (
        "'x': 'ume' in 'people[…]' is neither a range nor an element.",
        "'people' runs over municipality.",
    ),
    "x[muncipality] = 1 ~ persons ~ X. |": (
        "'x' has the unknown subscript 'muncipality'.",
        "Did you mean 'municipality'?",
    ),
    "x[municipality] = people[municipality!] ~ persons ~ X. |": (
        "'x': 'people' is read with 'municipality!' outside SUM, VMIN, VMAX and PROD.",
        "Put it into a SUM, or take the '!' away.",
    ),
    "x = SUM(people[Umeå]) ~ persons ~ X. |": (
        "'x': SUM runs over no range.",
        "Mark the range with '!', e.g. SUM(x[age!]).",
    ),
    "x = municipality ~ persons ~ X. |": (
        "'x': the range or element 'municipality' is used as a value.",
        "Use a variable that holds a number for each element.",
    ),
    "x = IF THEN ELSE(municipality = Umeå, 1, 0) ~ dmnl ~ X. |": (
        "'x': the range or element 'municipality' is used as a value.",
        "Use a variable that holds a number for each element.",
    ),
    "x = jobs > 2 ~ dmnl ~ X. |": (
        "'x': a comparison is used as a number.",
        "Write IF THEN ELSE(condition, 1, 0).",
    ),
    "x = IF THEN ELSE(jobs, 1, 0) ~ dmnl ~ X. |": (
        "'x': the condition of IF THEN ELSE is not a comparison.",
        "Compare with a number, e.g. x > 0.",
    ),
    "x = DELAY FIXED(jobs, 2, 0) ~ jobs ~ X. |": (
        "'x': the function DELAY FIXED is not supported.",
        "Use DELAY3, or a chain of stocks.",
    ),
    "x = SMOTH(jobs, 2) ~ jobs ~ X. |": ("'x': the function SMOTH is not supported.", "Did you mean 'SMOOTH'?"),
    "x = MAX(jobs) ~ jobs ~ X. |": ("'x': MAX has 1 arguments, not 2.", "Give it 2 arguments."),
    "x = jobs (2) ~ jobs ~ X. |": (
        "'x': 'jobs' stands before a parenthesis but is not a lookup.",
        "Write a '*' between them if a product is meant.",
    ),
    "x = table ~ dmnl ~ X. |": ("'x': the lookup 'table' is used without an argument.", "Write table(x)."),
    "x = 1 + INTEG(0, 0) ~ jobs ~ X. |": (
        "'x': INTEG stands inside an expression.",
        "Give the stock an equation of its own.",
    ),
    "x = SUM(SMOOTH(people[municipality!], moment)) ~ persons ~ X. |": (
        "'x': SMOOTH stands under SUM, VMIN, VMAX or PROD.",
        "Give it an equation of its own.",
    ),
    "x[older] = by age[younger] ~ persons ~ X. |": (
        "'x': it exists over 'older' alone and reads 'younger', mapped to it, which tools read differently.",
        "Give it equations for the other elements of 'age' too.",
    ),
    "x = 2 ^ 3 ^ 2 ~ dmnl ~ X. |": (
        "'x': the function a ^ b ^ c is not supported.",
        "Set parentheses: tools read it differently.",
    ),
    "x[municipality] = WITH LOOKUP(jobs, ((0, 1), (1, 2))) ~ dmnl ~ X. |": (
        "'x': a lookup of a single number stands for every element of 'municipality', which PySD cannot read.",
        "Take the subscripts away: other equations read the single number as well.",
    ),
    "x = IF THEN ELSE(jobs > 1 :OR: jobs < 2 :AND: jobs > 3, 1, 0) ~ dmnl ~ X. |": (
        "':AND:' follows ':OR:' without parentheses.",
        "Set them around what belongs together.",
    ),
    "x = MAX(:NA:, 1) ~ dmnl ~ X. |": (
        "'x': the function :NA: is not supported.",
        "Give the quantity a number at every moment.",
    ),
    "x := jobs ~ jobs ~ X. |": (
        "data equations (':=') are not supported.",
        "Write '=' for an equation, or give numbers.",
    ),
    "ages: b0, b1 -> (younger: a2, a1) ~~ X. |": (
        "mappings that list their elements are not supported.",
        "Order the elements alike and write -> with the range's name alone.",
    ),
    "x = -3 ^ 2 ~ dmnl ~ X. |": (
        "a negative number is raised to a power, which tools read differently.",
        "Give the number a parameter of its own.",
    ),
    'x = "a b" ~ dmnl ~ X. |': (
        "names in quotation marks are not supported.",
        "Use letters, digits and spaces in names.",
    ),
    "x = :RAW: ~ dmnl ~ X. |": (
        "the keyword :RAW: is not supported.",
        "Use :INTERPOLATE: or :HOLD BACKWARD:.",
    ),
    "x = ((jobs ~ jobs ~ X. |": (
        "'x = ((jobs' cannot be read.",
        "Check parentheses, commas, the number of a function's arguments, and that names hold only letters, "
        "digits, spaces and apostrophes.",
    ),
    "x = jobs ~ jobs |": (
        "'x' has 1 '~' before its '|', not 2.",
        "Write: name = expression ~ unit [low, high] ~ Definition. |",
    ),
    "x = jobs ~ jobs [0 to 1] ~ X. |": (
        "the unit and range 'jobs [0 to 1]' of 'x' cannot be read.",
        "Write: unit [low, high]; a side without a limit is '?'.",
    ),
    "x = jobs ~ jobs ~ X.": ("'x' does not end with '|'.", "Close the entry with '|'."),
    "x = jobs ~~ X. |": ("'x' has no unit.", "Write it after the first '~'; a pure number is dmnl."),
    "x = jobs ~ jobs ~ |": ("'x' has no definition.", "Write it after the second '~'."),
    "x = 4 ~ dmnl [0, 3] ~ X. Source: s. Quality: A. |": (
        "'x' = 4 dmnl is outside its range [0, 3].",
        "Correct the number, or widen the range with a source.",
    ),
    "x = 4 ~ dmnl ~ X. Source: s. Quality: A. |": (
        "'x' has no range.",
        "Write it after the unit: ~ dmnl [low, high].",
    ),
    "x = 4 ~ dmnl [0, 5] ~ X. Quality: A. |": (
        "'x' has no source.",
        "Write 'Source: …' in its comment; judgement is a source too.",
    ),
    "x = 4 ~ dmnl [0, 5] ~ X. Source: s. |": (
        "'x' has no quality.",
        "Write 'Quality: A.' (official) to 'Quality: D.' (judgement) in its comment.",
    ),
    "x = 4 ~ dmnl [0, 5] ~ X. Source: s. Quality: good. |": ("'x' has the quality 'good'.", "Use one of A, B, C, D."),
    "x = 4 ~ dmnl [0, 5] ~ Lever. X. Source: s. Quality: D. |": (
        "'x' is a lever without a group.",
        "Write 'Lever (housing).' or another group.",
    ),
    "x = jobs ~ jobs [5, 1] ~ X. |": ("'x' has the range [5, 1], which begins above its end.", "Turn the two round."),
    "x[municipality] = 1, 2 ~ dmnl [0, 5] ~ X. Source: s. Quality: D. |": (
        "'x': 2 numbers stand for 3 elements.",
        "Give one number for each element.",
    ),
    "x = INTEG(jobs / moment, jobs) ~ jobs ~ X. |": (
        "'x' is a stock that nothing uses.",
        "Use it in an equation, remove it, or begin its definition with 'Outcome.' if it only reports.",
    ),
    "x = x + jobs ~ jobs ~ X. |": (
        "a loop without a stock: 'x' -> 'x' (FILE:12).",
        "Break the loop with a stock, a SMOOTH or a DELAY: something in it takes time.",
    ),
    "x[Umeå] = 1 ~ dmnl [0, 1] ~ X. Source: s. Quality: A. | x[Malå] = 1 ~~ |": (
        "the elements of 'x' do not make up a declared range.",
        "Add equations for the missing elements, or declare a range of these elements.",
    ),
    "x[age] = 1 ~ dmnl [0, 1] ~ X. Source: s. Quality: A. | x[a0] = 1 ~~ |": (
        "'x[a0]' is defined twice, first in FILE:12.",
        "Remove one of the two, or take the element out with :EXCEPT:.",
    ),
    "jobs = 4 ~ jobs [0, 5] ~ X. Source: s. Quality: A. |": (
        "'jobs' is defined twice, first in FILE:9.",
        "Remove one of the two, or take the element out with :EXCEPT:.",
    ),
    "age: (a0-a3) ~~ Again. |": (
        "the range 'age' is declared twice, first in FILE:4.",
        "Remove one of the two.",
    ),
    "Kiruna = 1 ~ dmnl [0, 1] ~ X. Source: s. Quality: A. |": (
        "'Kiruna' is a variable and also a range or element.",
        "Rename one of the two: names are unique in a model.",
    ),
    "late: (a1-a2) -> older ~~ Late. |": (
        "'late' is mapped to 'older', but they have 2 and 3 elements.",
        "Mapped ranges run side by side: give them the same length.",
    ),
}

UNIT_CASES = {
    "x = jobs + people[Umeå] ~ jobs ~ X. |": (
        "'x': '+' puts together job and person.",
        "It reads: jobs [jobs], people [persons].",
    ),
    "x = jobs * people[Umeå] ~ jobs ~ X. |": (
        "'x': its unit is jobs, but its equation gives job*person.",
        "It reads: jobs [jobs], people [persons].",
    ),
    "x = EXP(jobs) ~ dmnl ~ X. |": (
        "'x': the argument of EXP is job, not a pure number (dmnl).",
        "It reads: jobs [jobs].",
    ),
    "x = 2 ^ jobs ~ dmnl ~ X. |": ("'x': an exponent is job, not a pure number (dmnl).", "It reads: jobs [jobs]."),
    "x = IF THEN ELSE(jobs > 0, jobs, moment) ~ jobs ~ X. |": (
        "'x': the branches of IF THEN ELSE puts together job and year.",
        "It reads: jobs [jobs], moment [year].",
    ),
    "x = STEP(jobs, jobs) ~ jobs ~ X. |": (
        "'x': the moment of STEP is job, not a time (year).",
        "It reads: jobs [jobs].",
    ),
    "x = INTEG(jobs, jobs) ~ jobs ~ Outcome. X. |": (
        "'x': the flow of the stock is job, not its unit per year (job/year).",
        "It reads: jobs [jobs].",
    ),
    "x = SMOOTH(jobs, jobs) ~ jobs ~ X. |": (
        "'x': the time of SMOOTH is job, not a time (year).",
        "It reads: jobs [jobs].",
    ),
    "x = jobs ~ jobs/ ~ X. |": (
        "'x': 'jobs/' is not a unit: something is missing.",
        "Write products and quotients of names, e.g. SEK/(person*year).",
    ),
}

SOUND = [
    "x = jobs + 0 ~ jobs ~ A bare 0 fits every unit. |",
    "x = MAX(jobs, 0) * 2 ~ jobs ~ Numbers in products are pure. |",
    "x = IF THEN ELSE(MODULO(Time, 1) < TIME STEP / 2, 1, 0) ~ dmnl ~ A number as modulus fits. |",
    "x = SQRT(jobs ^ 2) ~ jobs ~ Powers and roots. |",
    "x = ZIDZ(jobs, people[Umeå]) ~ jobs/person ~ Quotients. |",
    "x = WITH LOOKUP(jobs, ((0, 1), (1, 2))) ~ SEK ~ A lookup in place gives what the variable has. |",
    "x = RAMP(jobs / moment, moment, moment) ~ jobs ~ A ramp is its slope times time. |",
    "x = SUM(people[municipality!] * table(jobs)) ~ persons ~ A named lookup has its own unit. |",
]


def problems_of(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    folder = tmp_path / "model" / "sectors"
    folder.mkdir(parents=True)
    (folder / "all.mdl").write_text(DIMENSIONS + text, encoding="utf-8")
    try:
        load_model(folder)
    except ModelErrors as errors:
        return [
            (problem.what.replace("model/sectors/all.mdl", "FILE"), problem.resolution) for problem in errors.problems
        ]
    return []


@pytest.mark.parametrize(("text", "words"), [*CASES.items(), *UNIT_CASES.items()])
def test_each_mistake_is_told_in_these_words(tmp_path: Path, text: str, words: tuple[str, str]) -> None:
    assert words in problems_of(tmp_path, text)


@pytest.mark.parametrize("text", SOUND)
def test_sound_equations_pass(tmp_path: Path, text: str) -> None:
    assert problems_of(tmp_path, text) == []


def test_all_problems_are_told_at_once_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "model" / "sectors"
    folder.mkdir(parents=True)
    text = DIMENSIONS + "x = peple[Umeå] ~ persons ~ X. |\ny = jobs ~ persons ~ Y. |\n"
    (folder / "all.mdl").write_text(text, encoding="utf-8")
    with pytest.raises(ModelErrors) as caught:
        load_model(folder)
    assert str(caught.value) == (
        "2 problems:\n"
        "model/sectors/all.mdl:12: 'x': the name 'peple' is unknown.\n"
        "  Did you mean 'people'?\n"
        "model/sectors/all.mdl:13: 'y': its unit is persons, but its equation gives job.\n"
        "  It reads: jobs [jobs]."
    )


def test_a_loop_names_its_way(tmp_path: Path) -> None:
    text = "x = y * 2 ~ jobs ~ X. |\ny = z ~ jobs ~ Y. |\nz = x ~ jobs ~ Z. |\n"
    found = [what for what, _ in problems_of(tmp_path, text)]
    assert found == ["a loop without a stock: 'x' -> 'y' -> 'z' -> 'x' (FILE:12, FILE:13, FILE:14)."]


def test_initial_values_that_need_each_other_are_told(tmp_path: Path) -> None:
    text = "x = INTEG(y / moment, y) ~ jobs ~ X. |\ny = INTEG(x / moment, x) ~ jobs ~ Y. |\n"
    found = [what for what, _ in problems_of(tmp_path, text)]
    assert found == ["initial values depend on each other: 'x' -> 'y' -> 'x' (FILE:12, FILE:13)."]


def test_a_missing_sector_file_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "model" / "sectors"
    folder.mkdir(parents=True)
    (folder / "order.txt").write_text("dimensions\nhousing\n", encoding="utf-8")
    (folder / "dimensions.mdl").write_text(DIMENSIONS, encoding="utf-8")
    with pytest.raises(ModelErrors) as caught:
        load_model(folder)
    assert "model/sectors/order.txt:2: the sector file 'housing.mdl' does not exist." in str(caught.value)
