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
    "Tuesday, 8 May 2029 07:15 PM EDT",
    "By Ida Holm, 12 May",
    "Tags: mills | fires | 2031",
    "CLICK HERE TO GET THE APP 24/7",
    "Leave a Reply",
    "About the Author:",
    "Ida Holm is a reporter at the Post and has written 12 books.",
    "Dalby Post writer Jon Gale contributed; he has covered 20 wars.",
    "Jon Gale contributed to this report from 3 towns.",
    "We use cookies. Our 842 partners store data.",
    "We and our 842 partners store data on your device.",
    "Join 40,000 readers who get our mails each day.",
    "© 2031 The Dalby Post",
    "Photo: 3 boats at the pier",
]


NEWS_AFTER_ALL = [
    "Join us, the mayor told 40,000 voters.",
    "Jon Gale contributed to the 40 million that the mill needs.",
    "The author contributed 40 pages.",
]


@pytest.mark.parametrize("line", NEWS_AFTER_ALL)
def test_news_may_begin_like_furniture(line: str) -> None:
    *_, last = parse_zones(NEWS + line)
    assert last.kind in FACT_ZONES


@pytest.mark.parametrize("line", FURNITURE)
def test_page_furniture_bears_no_facts(line: str) -> None:
    *news, last = parse_zones(NEWS + line)
    assert all(zone.kind in FACT_ZONES for zone in news)
    assert last.kind not in FACT_ZONES


CAPTIONS = [
    "Photo shows 3 boats at the pier",
    "File photo: 3 boats at the pier",
    "Picture of 3 boats at the pier",
    "Some 3 boats at the pier in Dalby | Reuters",
    "Some 3 boats at the pier, 4 May (Ida Holm/Getty Images)",
    "Some 3 boats at the pier (AFP)",
    "The owner thanked them",
]


@pytest.mark.parametrize("line", CAPTIONS)
def test_the_words_under_a_picture_are_a_caption(line: str) -> None:
    *_, last = parse_zones(NEWS + line)
    assert last.kind.value == "caption"


NO_CAPTIONS = [
    "Photo shops lost 300 workers in a year.",
    "It employs 300 people, says Reuters.",
    "The mill paid 40 million for pictures last year, and nobody knows why it did. (Reuters)",
]


@pytest.mark.parametrize("line", NO_CAPTIONS)
def test_a_sentence_is_no_caption(line: str) -> None:
    *_, last = parse_zones(NEWS + line)
    assert last.kind.value == "body"


def test_a_title_may_end_with_its_agency() -> None:
    assert kinds("Flood drives 1,200 from Dalby | Reuters\n" + NEWS)[0] == ("title", "Flood")


def test_a_short_line_that_the_page_repeats_is_furniture() -> None:
    link = "Mills: 40 years of trouble\n"
    assert [kind for kind, _ in kinds(link + "Fire at the Mill\n" + link + NEWS + link)] == [
        "furniture", "title", "furniture", "standfirst", "body", "body", "furniture",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lead", ["All 9 boats sank.\n", "The mill at the end of the pier burned for 3 days and 4 nights.\n"]
)
def test_a_sentence_that_the_page_repeats_is_news(lead: str) -> None:
    assert [zone.kind in FACT_ZONES for zone in parse_zones(lead + NEWS + lead)] == [True] * 5


@pytest.mark.parametrize("again", ["Mill Burns for 3 Days\n{news}", "{news}Mill Burns for 3 Days\n"])
def test_a_title_that_the_page_repeats_counts_once(again: str) -> None:
    zones = kinds("Mill Burns for 3 Days\n" + again.format(news=NEWS))
    assert [kind for kind, word in zones if word == "Mill"] == ["title", "furniture"]


def test_a_line_without_stop_under_the_title_is_a_standfirst() -> None:
    standfirst = "The owner of a mill that burned for 3 days has thanked all its workers\n"
    assert kinds("Mill Burns\n\nFire at the Mill\n" + standfirst + NEWS)[2] == ("standfirst", "The")
    assert kinds("Fire at the Mill\nBy Ida Holm\n" + standfirst + NEWS)[2] == ("subhead", "The")
    assert kinds("Fire at the Mill\nNews of 12 May\n" + NEWS)[1] == ("subhead", "News")


def test_two_words_are_a_title_with_a_number() -> None:
    assert kinds("Floods kill 12\n" + NEWS)[0] == ("title", "Floods")
    assert kinds("Dalby Post\n" + NEWS)[0] == ("furniture", "Dalby")


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
