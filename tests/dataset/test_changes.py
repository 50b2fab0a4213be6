import pytest

from tests.dataset.reading import read_fact

# sentence, exact, measure, value
CASES = [
    ("Prices rose by 5% in May.", "5%", "change", 5),
    ("Prices fell 5% in May.", "5%", "change", -5),
    ("Shares were down 2.3% at noon.", "2.3%", "change", -2.3),
    ("Shares of Dalby Mills were down 2.3%, Arden by 2.6%.", "2.6%", "change", -2.6),
    ("The index is +0.4% today.", "0.4%", "change", 0.4),
    ("It sold 300 boats, an increase of 40 boats.", "40", "change", 40),
    ("It has 900 men, 200 more than last year.", "200", "change", 200),
    ("The total rose until the end of June by a record 36%, or 9 million people.", "36%", "change", 36),
    ("The total rose until the end of June by a record 36%, or 9 million people.", "9 million", "change", 9e6),
    ("The plan boosts pay by 6% and trims leave by a tenth.", "6%", "change", 6),
    ("The plan boosts pay by 6% and trims leave by a tenth.", "a tenth", "change", -10),
    ("The mill plans to reduce its staff by 12 percent.", "12 percent", "change", -12),
    ("The mill lowers fares by 10 percent.", "10 percent", "change", -10),
    ("It is cutting waste by 40% and raising output by 8%.", "40%", "change", -40),
    ("The wage cuts of 3% hurt.", "3%", "change", -3),
    ("One in five pupils drop out.", "One in five", "share", 20),
    ("Four in ten millers cut back on flour.", "Four in ten", "share", 40),
    ("It announced a one-third cut in fares.", "one-third", "change", -100 / 3),
    ("The debt is 8 million crowns, or 40% of output.", "40%", "share", 40),
    ("It spends $90 a day, or 12% of its budget.", "12%", "share", 12),
    ("The index fell 340 points, or 0.9%.", "0.9%", "change", -0.9),
    ("Prices rose to 5%.", "5%", "share", 5),
    ("Output rose to 900 boats.", "900", "level", 900),
    ("The king calls up 160 men.", "160", "level", 160),
    ("They lose 1,200 men every day.", "1,200", "rate", 1200),
    ("The mill spends $8m a day on flour.", "$8m", "rate", 8e6),
    ("The mill makes 400 carts per week on two lines.", "400", "rate", 400),
    ("They lost 600 men each day before the raid.", "600", "rate", 600),
    ("A year on, 40 boats, a year on from the flood, are lost.", "40", "level", 40),
    ("It sold 40 boats a year later.", "40", "level", 40),
    ("The yard sold 40 boats in a year.", "40", "level", 40),
    ("The king held 40 men for more than a year.", "40", "level", 40),
    ("The average daily count of accidents is 90.", "90", "rate", 90),
    ("More than 200 refugees per day arrive.", "200", "rate", 200),
    ("The fee rises from 20 to 30 euros a month.", "20", "rate", 20),
    ("Output grew from 1.2 to 1.5 million barrels a day.", "1.2", "rate", 1.2e6),
    ("It is twice as high.", "twice", "ratio", 2),
    ("It has 40 boats.", "40", "level", 40),
]


@pytest.mark.parametrize(("text", "exact", "measure", "value"), CASES)
def test_measure(text: str, exact: str, measure: str, value: float) -> None:
    fact = read_fact(text, exact)
    assert (fact.measure, fact.value) == (measure, value)


def test_what_fell_by_more_than_a_number_changed_by_less_than_its_negative() -> None:
    fact = read_fact("Output fell by more than 5%.", "5%")
    assert (fact.value, fact.value_low, fact.value_high) == (-5, None, -5)


def test_an_amount_said_again_in_another_unit_keeps_bound_and_measure() -> None:
    fact = read_fact("The camp lies some 1,260km (783 miles) off.", "783 miles")
    assert (fact.bound, fact.measure, fact.metric) == ("approximate", "level", "distance")
