import pytest

from dataset.timeline.datelines import find_publication_date

FOUND = [
    ("By Ann Lee | Friday, 3 May 2024 11:05 AM EDT", "2024-05-03", "byline stamp"),
    ("May 3, 2024", "2024-05-03", "byline stamp"),
    ("3 May 2024 · 4 min read", "2024-05-03", "byline stamp"),
    ("2024-05-03 18:30", "2024-05-03", "byline stamp"),
    ("03.05.2024, 18:30", "2024-05-03", "byline stamp"),
    ("Published: 3 May 2024", "2024-05-03", "published label"),
    ("Posted on May 3, 2024 by Ann Lee", "2024-05-03", "published label"),
    ("Last updated: 3 May 2024", "2024-05-03", "updated label"),
    ("Updated May 4, 2024\nPublished May 3, 2024", "2024-05-03", "published label"),
    ("LIMA, May 3, 2024 (Newsline) — The port opened again.", "2024-05-03", "dateline"),
    ("See https://news.example.org/2024/05/03/port-opens.html", "2024-05-03", "address"),
]


@pytest.mark.parametrize(("text", "edtf", "way"), FOUND)
def test_the_page_says_when(text: str, edtf: str, way: str) -> None:
    page = f"The port opens again\n\n{text}\n\nShips came in by the dozen, and nobody minded.\n"
    assert find_publication_date(page) == (edtf, way)


SILENT = [
    "Apr 3 · 2 min read",
    "© 2025 Newsline. All rights reserved.",
    "On May 3, 2024, the port opened again and ships came in by the dozen.",
    "See https://news.example.org/2024/13/45/port.html",
    "31 February 2024",
    "The port opened in May 2024.",
    "Tuesday",
    "",
]


@pytest.mark.parametrize("text", SILENT)
def test_the_page_does_not_say(text: str) -> None:
    assert find_publication_date(text) is None
