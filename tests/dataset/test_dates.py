import pytest

from dataset.dates import date_indices
from dataset.lexer import lex

DATED = [
    # days, months, years
    ("The fair opens on 14 April 2031.", "14 2031"),
    ("It runs 14-21 April and on 3 and 4 May.", "14 21 3 4"),
    ("It ran from April 3 to 7, 2029.", "3 7 2029"),
    ("It is shut on June 21, 23 and 25, 2031.", "21 23 25 2031"),
    ("It is shut on June 21-23, 25, and 27 for repairs.", "21 23 25 27"),
    ("It is shut on 4, 5 and 8 October.", "4 5 8"),
    ("On June 5, 12 and 19 pupils fell ill.", "5"),
    ("On June 5, 30 pupils fell ill, and 12 on June 7, of 40.", "5 7"),
    ("In the vote 20, 5 and 8 October were named.", "5 8"),
    ("The 3rd of June was dry.", "3rd"),
    ("It closed in Sept. 2028.", "2028"),
    ("In 1987 the mill burned.", "1987"),
    ("Hats of the 1920s and the 80s sell.", "1920 80"),
    ("The 2027-28 season and the 2030/31 one are lost.", "2027 28 2030 31"),
    # digits
    ("Call 555-010-4477 before 12/05/2031.", "555 010 4477 12 05 2031"),
    # times of day
    ("Doors open at 18:30, or 6 p.m. on Sunday.", "18 30 6"),
    ("It sank at 18.30.", "18.30"),
    ("She left at half past nine, or nine o'clock.", "half nine nine"),
    ("The shop shuts at a quarter to six, or quarter to 7 on Sunday.", "quarter six quarter 7"),
]


@pytest.mark.parametrize(("text", "marked"), DATED)
def test_numbers_that_date(text: str, marked: str) -> None:
    tokens = lex(text)
    texts = [tokens[index].text for index in sorted(date_indices(tokens))]
    assert [text for text in texts if text not in "-/"] == marked.split()


UNDATED = [
    "The ark holds 2000 people.",
    "It cost $1990.",
    "About 1950 of them swam.",
    "Some 1800 km away it rained.",
    "It took 1950 million bricks.",
    "It may 3 times a week.",
    "They march 40 miles.",
    "It is 3/4 full, or 18.30 wide.",
    "Half of nine boats sank.",
    "The catch fell by a quarter to 1.5 million.",
    "The catch fell by almost a quarter to nine.",
    "The catch rose a quarter to 12 tonnes.",
]


@pytest.mark.parametrize("text", UNDATED)
def test_numbers_that_do_not_date(text: str) -> None:
    assert date_indices(lex(text)) == set()
