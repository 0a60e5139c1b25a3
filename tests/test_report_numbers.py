"""How a report writes numbers in each language."""

from outputs.report.numbers import Band, decimal, few, listed, of_ten, rough, signed, span, told, whole


def test_numbers_are_written_as_each_language_does() -> None:
    assert whole(12345.6, "sv") == "12\N{NO-BREAK SPACE}300"
    assert whole(12345.6, "en") == "12,300"
    assert told(0.12345, "sv") == "0,123"
    assert signed(-0.04, "sv", 2) == "\N{MINUS SIGN}0,04"
    assert signed(1234, "en") == "+1,230"
    assert signed(0.0, "en") == "0"
    assert rough(57_785, "sv") == "58\N{NO-BREAK SPACE}000"
    assert decimal(3.0, "sv") == "3,0"
    assert span(Band(1234.0, 2000.0, 3456.0), "sv") == "1\N{NO-BREAK SPACE}230 till 3\N{NO-BREAK SPACE}460"
    assert listed(["a", "b", "c"], "sv") == "a, b och c"
    assert of_ten(0.33, "sv") == "tre"
    assert (few(0, "sv"), few(12, "en")) == ("ingen", "12")
