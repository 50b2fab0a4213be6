import pytest

from dataset.attribution.quotations import find_quotations
from dataset.lexer import lex

CASES = [
    ("He said “Go now.” She went.", ["Go now."]),
    ('"Go now," he said. "At once."', ["Go now,", "At once."]),
    ("“It is late,’’ said Holm.", ["It is late,"]),
    ("''It is late,'' said Holm.", ["It is late,"]),
    ("He spoke of ‘great harm’ to all.", ["great harm"]),
    ("He spoke of 'great harm' to all.", ["great harm"]),
    ("“He told me ‘go’ and I went,” she said.", ["He told me ‘go’ and I went,"]),
    ("‘He told me “go” and I went,’ she said.", ["He told me “go” and I went,"]),
    ("“The first paragraph ends here.", ["The first paragraph ends here."]),
    ('It was late."He left."Then it rained.', ["He left."]),
    ("It’s the workers’ day, and Holm’s too.", []),
    ("In the '90s the town 'slept' well.", ["slept"]),
    ('It is late " - said Holm.', []),
    ("", []),
]


@pytest.mark.parametrize(("text", "quotations"), CASES)
def test_quotations(text: str, quotations: list[str]) -> None:
    found = find_quotations(lex(text))
    assert [text[one.start : one.end] for one in found if one.closed or text[one.start] == "T"] == quotations


def test_an_open_quotation_is_told() -> None:
    assert not find_quotations(lex("“It goes on."))[0].closed
