"""Dates that stand beside what a sentence is about: in an aside, in a plan that is joined on, in a sentence before."""

import pytest

from tests.dataset.test_timeline import find_period

PLANS = [
    ("The port has built *40* sheds and plans to build more by Friday.", None),
    ("The port has built *40* sheds, but it now hopes to build ten more by 2030.", None),
    ("Rents rose *3%* and could rise 5% by June.", None),
    ("The port has built 40 sheds and plans to build *ten* more by 2030.", "2030"),
    ("The port plans to build *40* sheds and five cranes by 2030.", "2030"),
    ("The sale of *40* sheds began in March and will run until July.", "2024-03/2024-07"),
]
ASIDES = [
    ("The yard, founded in 1921, employs *40* welders.", None),
    ("The yard, which opened in March 2023, has *40* cranes.", None),
    ("The duke, who came to power in 2015, jailed *40* guards.", None),
    ("The yard, founded by *40* welders in 1921, is shut.", "1921"),
    ("The gale, which struck on Monday, killed *40* goats.", "2024-05-13"),
    ("In the gale, which struck on Monday, *40* goats died.", "2024-05-13"),
    ("Raiders burned a barn, robbed two shops on Monday, and took *40* goats.", "2024-05-13"),
    ("A poll, released in full, showed that as of Monday, *40%* are for it.", "2024-05-13"),
    ("The gale, which struck on Monday, has killed *40* goats.", "2024-05-13"),
    ("The yard, which was sold in March, has *40* cranes.", None),
    ("The yard, completed in 1998, cost *40* million.", "1998"),
    ("Welders, who hope to finish by June, have raised *40* cranes.", None),
]
BEFORE = [
    ("The duke has hired *40* guards.", None, "The duchy plans to open its gates by 2035. "),
    ("The duke said he would hire *40* guards.", "2035", "The gates open in 2035. "),
    ("All are required to serve *40* days, the duke said.", "2035", "The guard is formed in 2035. "),
    ("It sold *40* boats.", None, "The yard, founded in 1921, employs welders. "),
]


@pytest.mark.parametrize(("text", "edtf"), PLANS + ASIDES)
def test_how_far_a_date_beside_the_main_clause_reaches(text: str, edtf: str | None) -> None:
    assert find_period(text) == edtf


@pytest.mark.parametrize(("text", "edtf", "lead"), BEFORE)
def test_a_time_to_come_or_an_aside_dates_nothing_done_later_on(text: str, edtf: str | None, lead: str) -> None:
    assert find_period(text, lead=lead) == edtf
