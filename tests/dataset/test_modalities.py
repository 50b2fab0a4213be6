import pytest

from tests.dataset.reading import read_fact

CASES = [
    ("The mill lost 40 boats.", "40", "asserted"),
    ("An estimated 40 boats sank.", "40", "estimated"),
    ("The coast guard estimates that 40 boats sank.", "40", "estimated"),
    ("About 40 boats sank, the coast guard estimates.", "40", "estimated"),
    ("It is believed that 40 boats sank.", "40", "estimated"),
    ("The navy plans to buy 40 boats.", "40", "planned"),
    ("The king pledged 40 boats.", "40", "planned"),
    ("Anyone aged 19 to 31 would have to serve.", "19 to 31", "planned"),
    ("Losses will exceed 400 boats by June.", "400", "projected"),
    ("Losses are expected to reach 400 boats.", "400", "projected"),
    ("The storm reportedly sank 40 boats.", "40", "alleged"),
    ("The navy denied that 40 boats sank.", "40", "denied"),
    ("Some 40 barges will be built in the delta.", "40", "projected"),
    ("About 40 barges will be sent to the delta.", "40", "planned"),
    ("As many as 40 barges could sink, the navy said.", "40", "projected"),
    ("The admiral said that 40 barges might sink.", "40", "projected"),
    ("Holm, who left in June, said 40 barges would sink.", "40", "projected"),
    ("A total of 40 barges would be sold.", "40", "projected"),
    ("Up to 40 barges are expected to arrive.", "40", "projected"),
    ("Around 40 barges are likely to arrive.", "40", "projected"),
    ("An estimated 40 barges would sink.", "40", "estimated"),
    ("The 40 barges could sink.", "40", "asserted"),
    ("A fleet of 40 barges could sink.", "40", "asserted"),
    ("The firm that lost 40 barges could close.", "40", "asserted"),
    ("Some 40 barges sank in May and more may follow.", "40", "asserted"),
    ("Some 40 kings pledged to help.", "40", "asserted"),
    ("The navy will also buy 40 barges.", "40", "planned"),
    ("The navy has finally agreed now to buy 40 barges.", "40", "planned"),
    ("Some 40 barges will soon be delivered.", "40", "planned"),
    ("Some 40 barges are now expected to arrive.", "40", "projected"),
    ("Some 40 barges also could arrive.", "40", "projected"),
    ("The navy will, also in June, buy 40 barges.", "40", "projected"),
    ("Holm, who denied arson, was sent to jail for 40 days.", "40 days", "asserted"),
    ("Holm, who repeatedly denied that 40 barges burned, was jailed.", "40", "denied"),
    ("The yard, which has denied arson, said it would pay 40 euros.", "40 euros", "planned"),
    ("The yard, which plans to close, sold 40 barges.", "40", "asserted"),
    ("The king praised Holm, who plans to sell 70 ferries, 40 barges and a quay.", "40", "planned"),
    ("The king praised Holm, who plans to sell ferries, some 40 barges and a quay.", "40", "planned"),
    ("The king praised Holm, who plans to sell his ships, including 40 barges.", "40", "planned"),
    ("The navy denied in June, as before, that 40 barges sank.", "40", "denied"),
    ("The king pledged to spend 3% of its income, up from 2% in 2030.", "2%", "asserted"),
]


@pytest.mark.parametrize(("text", "exact", "modality"), CASES)
def test_modality(text: str, exact: str, modality: str) -> None:
    assert read_fact(text, exact).modality == modality
