"""Classes of news that single rules have once read wrongly, all sentences made up here."""

import pytest

from tests.dataset.reading import read_fact, read_quantities

SUBJECTS = [
    ("The Gaza health office says 350 Palestinians were killed in May.", "350", None, "Palestinians"),
    ("Three British tourists were killed in a coach crash in Egypt.", "Three", None, "British tourists"),
    ("Israel said 12 fighters were killed at the border.", "12", None, "fighters"),
    ("Germany sent 18 tanks, Poland 14 and Spain six.", "14", "poland", "Poland"),
    ("A British man was jailed for 17 years.", "17 years", None, None),
    ("Russian soldiers fled; 40 soldiers were killed.", "40", "russian-armed-forces", "Russian armed forces"),
]


@pytest.mark.parametrize(("text", "exact", "identifier", "name"), SUBJECTS)
def test_only_soldiers_are_an_army(text: str, exact: str, identifier: str | None, name: str | None) -> None:
    subject = read_fact(text, exact).subject
    assert (subject.id if subject else None, subject.name if subject else None) == (identifier, name)


def test_may_is_a_month() -> None:
    assert read_fact("In May, five people died in floods.", "five").modality == "asserted"
    assert read_fact("It may cost 40 lives.", "40").modality == "projected"


MEASURES = [
    ("Unemployment fell below 4%.", "4%", "share", 4),
    ("The rate rose above 7 percent.", "7 percent", "share", 7),
    ("The minister announced a 5% cut in fuel duty.", "5%", "change", -5),
    ("There was a 20% increase in thefts.", "20%", "change", 20),
    ("Imports were cut by half last year.", "half", "change", -50),
    ("Prices have gone up by a third since January.", "a third", "change", 100 / 3),
]


@pytest.mark.parametrize(("text", "exact", "measure", "value"), MEASURES)
def test_changes_and_where_they_led(text: str, exact: str, measure: str, value: float) -> None:
    fact = read_fact(text, exact)
    assert fact.measure == measure
    assert fact.value == pytest.approx(value)


def test_a_range_of_change_is_one_fact() -> None:
    (fact,) = read_quantities("Prices rose by 10 to 15 percent.")
    assert (fact.exact, fact.value_low, fact.value_high, fact.measure) == ("10 to 15 percent", 10, 15, "change")


UNITS = [
    ("The index rose 0.4% to 7,682 points on Friday.", "7,682", "item"),
    ("Cases rose 150% to 2,000.", "2,000", "item"),
    ("The suspect, 29, was sentenced.", "29", "year"),
    ("The bomber, aged about 20, carried a bag.", "20", "year"),
    ("They were jailed for six, eight and ten years.", "six", "year"),
    ("They were jailed for 12 and 15 years.", "12", "year"),
    ("About 500 police were deployed.", "500", "person"),
]


@pytest.mark.parametrize(("text", "exact", "unit"), UNITS)
def test_units_of_bare_numbers(text: str, exact: str, unit: str) -> None:
    assert read_fact(text, exact).unit == unit


NOTHING = [
    "Arden has the lowest rate per 100,000 inhabitants.",
    "The two-way street is closed.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_denominators_and_names_count_nothing(text: str) -> None:
    assert read_quantities(text) == []


CLAIMANTS = [
    ("An estimated 40,000 people attended the fair.", "40,000", []),
    ("The alleged fraud cost investors $90 million.", "$90 million", []),
    ("The mayor said 40 people came.", "40", ["mayor"]),
]


@pytest.mark.parametrize(("text", "exact", "names"), CLAIMANTS)
def test_a_word_of_estimating_is_nobody(text: str, exact: str, names: list[str]) -> None:
    assert [claimant.name.removeprefix("The ") for claimant in read_fact(text, exact).claimants] == names


METRICS = [
    ("The train was carrying 180 passengers.", "180", None),
    ("The dollar gained 0.5% on Monday.", "0.5%", None),
    ("The charity lost 40 volunteers this year.", "40", None),
    ("Air defences shot down 21 of the 28 missiles launched.", "21", "munitions-intercepted"),
    ("Air defences shot down 21 of the 28 missiles launched.", "28", "munitions-fired"),
]


@pytest.mark.parametrize(("text", "exact", "metric"), METRICS)
def test_a_cue_needs_its_domain(text: str, exact: str, metric: str | None) -> None:
    assert read_fact(text, exact).metric == metric


GROWTH = [
    "He has 5 cats and 7 dogs. ",
    "1-1-1-",
    "a-a-a-",
    "May 3 and May 3 and ",
    "5 died; ",
    "he said he said ",
    "“a “b ",
]


@pytest.mark.slow
@pytest.mark.parametrize("unit", GROWTH)
def test_no_text_blows_up(unit: str) -> None:
    """40 KB of anything are read in seconds; where time grew with the square of the text it would be many minutes."""
    text = "The war began. It went on.\n" + unit * (40_000 // len(unit))
    assert all(text[fact.start : fact.end] == fact.exact for fact in read_quantities(text) if fact.exact)
