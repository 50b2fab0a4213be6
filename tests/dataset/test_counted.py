import pytest

from dataset.counted import counts_people, read_counted
from dataset.lexer import lex

# what follows a number, the noun it counts, whether that is people
NOUNS = [
    ("fishermen were lost", "fishermen", True),
    ("of the old boats sank", "old boats", False),
    ("more pieces of garden furniture.", "pieces of garden furniture", False),
    ("guns and water tanks.", "guns and water tanks", False),
    ("-nation bloc met", "nation", False),
    ("-strong crew of the boat", "crew", True),
    ("young coal miners struck", "young coal miners", True),
    ("containers of salt arrived", "containers of salt", False),
    ("voters", "voters", True),
]


@pytest.mark.parametrize(("behind", "noun", "people"), NOUNS)
def test_the_counted_noun(behind: str, noun: str, people: bool) -> None:
    counted = read_counted(lex(f"40{'' if behind.startswith('-') else ' '}{behind}"), 1)
    assert counted is not None
    assert (counted.text, counted.people) == (noun, people)


@pytest.mark.parametrize("behind", ["were killed", "killed on Monday", "marched on", ", and it rained", ""])
def test_no_noun(behind: str) -> None:
    assert read_counted(lex(f"40 {behind}"), 1) is None


BARE = [
    ("Some 40 were wounded.", 1, True),
    ("The other 40 who left are safe.", 2, True),
    ("The miners met, and 40 agreed.", 5, True),
    ("It has tanks, of which 40 work.", 6, False),
    ("They sent up balloons; 40 were shot down.", 5, False),
    ("In all, 40 fell.", 3, None),
]


@pytest.mark.parametrize(("text", "index", "people"), BARE)
def test_what_a_bare_number_counts(text: str, index: int, people: bool | None) -> None:
    assert counts_people(lex(text), index, index + 1) is people
