"""Quantities of single sentences, all of them made up here."""

from math import isfinite

import pytest

from dataset.lexer import lex
from dataset.quantities import Quantity, extract_quantities
from tests.dataset.reading import read_quantities

Limit = float | None


def read(text: str) -> list[Quantity]:
    return list(extract_quantities(text, lex(text)))


# sentence, exact, value, low, high, bound, unit
ONE = [
    ("The harbour lost 40 boats.", "40", 40, 40, 40, "exact", "item"),
    ("More than 1,200 villagers left.", "1,200", 1200, 1200, None, "more_than", "person"),
    ("At least five shepherds died.", "five", 5, 5, None, "at_least", "person"),
    ("No fewer than 12 sailors drowned.", "12", 12, 12, None, "at_least", "person"),
    ("Up to 300 people queued.", "300", 300, None, 300, "at_most", "person"),
    ("As many as 80 tractors came.", "80", 80, None, 80, "at_most", "item"),
    ("Fewer than 10 pupils passed.", "10", 10, None, 10, "less_than", "person"),
    ("Nearly 1,000 soldiers paraded.", "1,000", 1000, None, 1000, "nearly", "person"),
    ("It got just under half a million votes.", "half a million", 500000, None, 500000, "nearly", "item"),
    ("About 35 buses burned.", "35", 35, 35, 35, "approximate", "item"),
    ("An estimated 4.2 million birds nest there.", "4.2 million", 4.2e6, 4.2e6, 4.2e6, "approximate", "item"),
    ("Losses surpassed 70,000 this spring.", "70,000", 70000, 70000, None, "more_than", "person"),
    ("Dozens of miners were freed.", "Dozens", None, 12, 120, "order_of_magnitude", "person"),
    ("Men aged 21-35 must register.", "21-35", None, 21, 35, "range", "year"),
    ("Anyone under the age of 40 may apply.", "40", 40, None, 40, "less_than", "year"),
    ("Ida Holm, 48, won the seat.", "48", 48, 48, 48, "exact", "year"),
    ("A nine-year-old boy was rescued.", "nine-year-old", 9, 9, 9, "exact", "year"),
    ("The fence is 1,250 km long.", "1,250 km", 1250, 1250, 1250, "exact", "km"),
    ("They saw 40 Mi-8 helicopters.", "40", 40, 40, 40, "exact", "item"),
    ("They saw two MiG-29 fighters.", "two", 2, 2, 2, "exact", "item"),
    ("They saw two MiG-29 pilots.", "two", 2, 2, 2, "exact", "person"),
    ("They swam 20m from the pier.", "20m", 20, 20, 20, "exact", "m"),
    ("A 640-mile pipeline opened.", "640-mile", 640, 640, 640, "exact", "mile"),
    ("The bill was $4.5bn.", "$4.5bn", 4.5e9, 4.5e9, 4.5e9, "exact", "USD"),
    ("It raised 15 million hryvnia.", "15 million hryvnia", 15e6, 15e6, 15e6, "exact", "UAH"),
    ("Tickets cost between $62 and $68.", "$62 and $68", None, 62, 68, "range", "USD"),
    ("It cost between $1.2 and $1.5 billion.", "$1.2 and $1.5 billion", None, 1.2e9, 1.5e9, "range", "USD"),
    ("Costs rose by €3 to €4 million.", "€3 to €4 million", None, 3e6, 4e6, "range", "EUR"),
    ("It cost $800 to $1.2 million.", "$800 to $1.2 million", None, 800, 1.2e6, "range", "USD"),
    ("It cost 2 euros to 3 million euros.", "2 euros to 3 million euros", None, 2, 3e6, "range", "EUR"),
    ("Output fell to 3%.", "3%", 3, 3, 3, "exact", "percent"),
    (
        "Rents may see a six per cent to 30 per cent rise.",
        "six per cent to 30 per cent",
        None,
        6,
        30,
        "range",
        "percent",
    ),
    ("More than half of the wells are dry.", "half", 50, 50, None, "more_than", "percent"),
    ("Prices are 100 times higher.", "100 times", 100, 100, 100, "exact", "ratio"),
    ("He got almost twice the usual wage.", "twice", 2, None, 2, "nearly", "ratio"),
    ("She was jailed for four years and five months.", "four years and five months", 53, 53, 53, "exact", "month"),
    ("Recruits face a year of training.", "a year", 1, 1, 1, "exact", "year"),
    ("A three-day fair ended.", "three-day", 3, 3, 3, "exact", "day"),
    ("The blast killed one nurse.", "one", 1, 1, 1, "exact", "person"),
    ("A quake of strength 6.4 killed them.", "6.4", 6.4, 6.4, 6.4, "exact", "item"),
    ("A 6.4 strength quake killed them.", "6.4", 6.4, 6.4, 6.4, "exact", "item"),
    ("An average of 4.5 bakers fell ill.", "4.5", 4.5, 4.5, 4.5, "exact", "person"),
    ("About 4.5 million had died.", "4.5 million", 4.5e6, 4.5e6, 4.5e6, "approximate", "person"),
    ("Children of 12 or older may enter.", "12", 12, 12, None, "at_least", "person"),
]


@pytest.mark.parametrize(("text", "exact", "value", "low", "high", "bound", "unit"), ONE)
def test_one_quantity(text: str, exact: str, value: Limit, low: Limit, high: Limit, bound: str, unit: str) -> None:
    (quantity,) = read(text)
    assert text[quantity.start : quantity.end] == exact
    assert (quantity.value, quantity.value_low, quantity.value_high) == (value, low, high)
    assert (quantity.bound, quantity.unit) == (bound, unit)


NONE = [
    "On 14 May 2031 the fair opened.",
    "On May 14, 2031, the fair opened.",
    "It ran from 3 to 5 June.",
    "In 2031 the mill closed.",
    "The 2031 harvest failed.",
    "The 1990s were dry.",
    "The 2030-31 season is over.",
    "It began at 18:30.",
    "It began at 7 p.m. sharp.",
    "Two years ago the mill closed.",
    "Over the past 130 days nothing moved.",
    "Within six weeks all had left.",
    "The F-16 landed beside a T-72.",
    "COVID-19 came back.",
    "The 575th Battalion marched.",
    "Resolution 2202 stands.",
    "Article 5 was invoked.",
    "The G7 met.",
    "The FTSE 100 closed higher.",
    "It is among the top 10 mills.",
    "One of the mills burned.",
    "No one knows which one it was.",
    "He voted twice.",
    "Call 555-0134-99 now.",
    "Dalby beat Arden 3-1 at home.",
    "See https://example.org/24/7 for more.",
    "3. Stir the pot.",
    "The second mill and the third mill burned.",
]


@pytest.mark.parametrize("text", NONE)
def test_no_quantity(text: str) -> None:
    assert [text[q.start : q.end] for q in read(text)] == []


SEVERAL = [
    ("Some 1,260 km (783 miles) of it are fenced.", ["1,260 km", "783 miles"]),
    ("It lost 58 guns; 48 carts and wagons; and 2 boats.", ["58", "48", "2"]),
    ("The council passed it in a 143-58 vote.", ["143", "58"]),
    ("It grew from 2 million sheep to around 3 million.", ["2 million", "3 million"]),
    ("Of 36 launched, 16 fell.", ["36", "16"]),
]


@pytest.mark.parametrize(("text", "exacts"), SEVERAL)
def test_several_quantities(text: str, exacts: list[str]) -> None:
    assert [text[q.start : q.end] for q in read(text)] == exacts


FROM = [
    # sentence, value and unit of the number behind "from"
    ("Turnout fell from 67 to 61 percent.", 67, "percent"),
    ("Leave was raised from about 10 to 15 days.", 10, "day"),
    ("The fee rose from a record 20 to 35 dollars.", 20, "USD"),
    ("Rates fell by 2%, and costs rose from 30 to 42 billion euros.", 30e9, "EUR"),
    ("Sales rose from $1.2 to $1.5 billion.", 1.2e9, "USD"),
    ("Sales fell from nine to two million euros.", 9e6, "EUR"),
    ("The flock grew from 2 to 3 million sheep.", 2e6, "item"),
    ("The fund grew from 900 million to 1.2 billion euros.", 900e6, "EUR"),
    ("The fund grew from 2 euros to 3 million euros.", 2, "EUR"),
    ("The port grew from 800 to 1.2 million people.", 800, "person"),
    ("The number of boats fell from 12 to 9.", 12, "item"),
]


@pytest.mark.parametrize(("text", "value", "unit"), FROM)
def test_what_moved_from_a_bare_number_has_unit_and_scale_of_the_next(text: str, value: float, unit: str) -> None:
    first = read(text)[-2]
    assert (first.value, first.value_low, first.value_high, first.unit) == (value, value, value, unit)


COUNTED = [
    ("They counted 58 artillery pieces there.", "artillery pieces"),
    ("They counted 21 main battle tanks.", "main battle tanks"),
    ("They counted 2 anti-aircraft systems.", "anti-aircraft systems"),
    ("About 300 Dalby villagers left.", "Dalby villagers"),
    ("Then 31 were accused.", None),
    ("They built 14 T-72 tractors there.", "T-72 tractors"),
    ("They fired five S-300 flares there.", "S-300 flares"),
    ("They flew 12 Su-25 aircraft there.", "Su-25 aircraft"),
    ("They saw 40 Mi-8 helicopters there.", "Mi-8 helicopters"),
    ("They saw three T-90M tanks there.", "T-90M tanks"),
    ("They flew nine F-16s there.", "F-16s"),
    ("They lost 58 guns and rocket launchers.", "guns and rocket launchers"),
]


def test_a_counted_noun_ends_before_the_next_count() -> None:
    assert [q.counted for q in read("They lost five S-300 launchers and two carts.")] == ["S-300 launchers", "carts"]


@pytest.mark.parametrize(("text", "counted"), COUNTED)
def test_counted_noun(text: str, counted: str | None) -> None:
    assert [q.counted for q in read(text)] == [counted]


def test_measure_and_rule() -> None:
    text = "It paid $5 for 3% of it, twice as much as for 40 boats over three weeks in a nine-mile bay."
    found = {text[q.start : q.end]: (q.measure, q.rule) for q in read(text)}
    assert found == {
        "$5": ("level", "money"),
        "3%": ("share", "percentage"),
        "twice": ("ratio", "multiple"),
        "40": ("level", "cardinal"),
        "three weeks": ("level", "duration"),
        "nine-mile": ("level", "measurement"),
    }


def test_the_printed_number_is_kept() -> None:
    (quantity,) = read("The bill was $4.5bn.")
    assert quantity.value_as_written == "4.5bn"


@pytest.mark.parametrize("number", ["9" * 400, "$" + "9" * 400, "9" * 308 + " billion", "2 to " + "9" * 400])
def test_a_number_beyond_any_float_is_no_figure(number: str) -> None:
    facts = read_quantities(f"The mill lost 12 carts. It lost {number} carts.")
    assert facts[0].value == 12
    assert all(fact.value_high is not None and isfinite(fact.value_high) for fact in facts)
