"""Texts made to exhaust a pattern: time grows in proportion to them, not with their square.

`pytest -s -m slow tests/dataset/test_growth.py` prints the table.
"""

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dataset.document import read_document
from dataset.extraction import extract_facts
from dataset.model import Article
from dataset.pages import describe_article
from dataset.places import Places
from dataset.timeline.datelines import find_publication_date

ARTICLE = Article(id="a" * 16, file="a.txt", sha256="0" * 64)
LEAD = "The war began. It went on.\n"
FIRST, LAST = 4_000, 256_000  # code points of the shortest and the longest text
MEANT = {"lay out": 0.5, "date": 0.3, "whole": 0.15}  # seconds of processor time: below, a measure says little
GROWTH = 10  # at most, from a text to one of four times its length: in proportion it is 4, by the square 16


def read_whole(text: str) -> None:
    described = describe_article(ARTICLE, LEAD + text)
    extract_facts(described, LEAD + text)


def lay_out(text: str) -> None:
    places = Places(text)
    for sentence in read_document(ARTICLE, text).sentences:
        places.fragment(sentence.start, sentence.end)


OPERATIONS: dict[str, Callable[[str], object]] = {
    "lay out": lay_out,
    "date": find_publication_date,
    "whole": read_whole,
}

CHARACTERS = [*"7aA,-—.’“”([$%½②²٣@#/:_é\u0301\u202e\u200b\ufeffİ東🌊 \u00a0\t\n\u2028", "'", '"', "\\"]
GLUED = [
    *("1,", "1.", "12,", "111,", "1,11,", "1-1-", "1.11.111.", "2½", "½km", "a1", "a1.", "a@", "a@a.", "USD", "US$"),
    *("http://a/", "www.", "a-a-", "a’a’", "a.", "“‘", "«“„", "()", "\r\n", "a\n", "a\u0301"),
]
CHAINS = [
    *("http://a/2031 ", "“a ", "“a ‘b ", "„a “ ", "“a” ", "'a ", "(a ", "(a) ", "[40 ", "40 (50) ", "a, ", "a; ", "- "),
    *("... ", "a? ", "Mr. ", "U.S. ", "e.g. ", "NORBY ", "NORBY (Arden ", "A 'A", "NORBY 1 (A a "),
]
WORDS = [
    *(
        "said ",
        "he said ",
        "according to ",
        "Norby told Arden that ",
        "“We go,” he said. ",
        "said “we ",
        "that, who said, ",
    ),
    *("they said they ", "a spokesman for Norby’s ", "Ida Holm, 48, ", "Norby, Arden, Dalby and ", "the ministry of "),
    *("attack ", "was killed by ", "that who attacked the ", "Norby attacked Arden. ", "did not sign ", "to send to "),
    *("5 died; ", "4 to ", "between 4 and ", "more than ", "hundred and ", "two years and ", "half a ", "40 of the "),
    *("May 3 and ", "3 May 2031, ", "three months ago ", "since ", "from May to ", "last ", "Monday "),
]
LINES = [
    "Norby said 40.\n",
    "“We go\n",
    "By Ida Holm, 12 May 2031\n",
    "Published: ",
    "http://a.b/2031/05/12/x\n",
    "- Norby\n",
]

CASES = [
    *((operation, unit) for operation in ("lay out", "date") for unit in (*CHARACTERS, *GLUED, *LINES)),
    *((operation, unit) for operation in ("date", "whole") for unit in (*CHAINS, *LINES, "a\n")),
    *(("whole", unit) for unit in (*"7½“.", *GLUED[::3], *WORDS)),
]


def measure(operation: Callable[[str], object], unit: str, length: int) -> float:
    """Seconds of processor time, which other programs hardly change."""
    text = unit * (length // len(unit))
    begun = time.process_time()
    operation(text)
    return time.process_time() - begun


def assert_grows_in_proportion(name: str, unit: str) -> None:
    operation, meant = OPERATIONS[name], MEANT[name]
    length = LAST // 4 if name == "lay out" and "\n" in unit else FIRST  # what looks at all lines shows late
    short = measure(operation, unit, length)
    long = measure(operation, unit, 4 * length)
    while long < meant and 4 * length < LAST:
        length, short = 4 * length, long
        long = measure(operation, unit, 4 * length)
    for _ in range(8):  # a machine that does something else as well slows one of the two down, but not each time
        if long < GROWTH * short or long < meant:
            break
        short, long = max(short, measure(operation, unit, length)), min(long, measure(operation, unit, 4 * length))
    print(f"  {name:8} {unit!r:28} {4 * length:8,} {long:7.3f} s  x {long / max(short, 1e-6):.1f}")  # noqa: T201
    assert long < max(GROWTH * short, meant), (name, unit)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "unit"), CASES)
def test_time_grows_in_proportion(name: str, unit: str) -> None:
    assert_grows_in_proportion(name, unit)


PIECES = st.sampled_from([*CHARACTERS, *GLUED, *CHAINS, *WORDS, *LINES]) | st.text(max_size=4)


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(OPERATIONS)), st.lists(PIECES, min_size=2, max_size=6).map("".join).filter(bool))
def test_time_grows_in_proportion_whatever_is_repeated(name: str, unit: str) -> None:
    assert_grows_in_proportion(name, unit)
