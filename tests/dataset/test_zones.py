import pytest

from dataset.zones import FACT_ZONES, parse_zones
from tests.conftest import PAGE


def kinds(text: str) -> list[tuple[str, str]]:
    return [(zone.kind.value, zone.tokens[0].text) for zone in parse_zones(text)]


def test_a_page() -> None:
    assert kinds(PAGE) == [
        ("furniture", "Skip"),
        ("title", "Flood"),
        ("byline", "By"),
        ("standfirst", "More"),
        ("body", "At"),
        ("furniture", "Sign"),
        ("furniture", "©"),
    ]


NEWS = "The mill burned for 3 days.\nAll 40 workers are safe.\nThe owner thanked them.\n"

FURNITURE = [
    "Apr 3",
    "• 2 min read",
    "Wednesday, 20 March 2024 06:24 PM EDT",
    "By Ida Holm, 12 May",
    "Tags: mills | fires | 2031",
    "CLICK HERE TO GET THE APP 24/7",
    "Leave a Reply",
    "About the Author:",
    "Ida Holm is a reporter at the Post and has written 12 books.",
    "© 2031 The Dalby Post",
    "Photo: 3 boats at the pier",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_page_furniture_bears_no_facts(line: str) -> None:
    *news, last = parse_zones(NEWS + line)
    assert all(zone.kind in FACT_ZONES for zone in news)
    assert last.kind not in FACT_ZONES


def test_end_matter_ends_the_news() -> None:
    text = NEWS + "About the Author\nIda Holm has kept 30 bees for 20 years, she says.\n"
    assert [zone.kind in FACT_ZONES for zone in parse_zones(text)] == [True, True, True, False, False]


def test_end_matter_at_the_top_does_not_swallow_the_page() -> None:
    zones = list(parse_zones("© 2031 The Dalby Post\n" + NEWS))
    assert [zone.kind in FACT_ZONES for zone in zones] == [False, True, True, True]


def test_a_single_sentence_is_news() -> None:
    assert [zone.kind in FACT_ZONES for zone in parse_zones("About 30 people sign up for it each day")] == [True]


@pytest.mark.parametrize("text", ["", "\n\n", " \t\r\n"])
def test_nothing_has_no_zones(text: str) -> None:
    assert list(parse_zones(text)) == []
