import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataset.document import Document, read_document
from dataset.model import Article
from dataset.timeline.timeline import Timeline

PUBLISHED = "2024-05-15"  # a Wednesday


def _document(text: str, published_on: str | None) -> Document:
    return read_document(Article(id="a", file="a.txt", sha256="0" * 64, published_on=published_on), text)


def find_period(text: str, published_on: str | None = PUBLISHED, lead: str = "") -> str | None:
    """EDTF of the amount marked with asterisks in a text of one or more lines."""
    lines = f"Something happened somewhere far away\n\nOfficials spoke of it, without giving a day.\n\n{lead}{text}"
    start = lines.index("*")
    end = lines.index("*", start + 1) - 1
    document = _document(lines.replace("*", ""), published_on)
    sentence = next(each for each in document.sentences if each.start <= start < each.end)
    inside = [at for at, token in enumerate(sentence.tokens) if token.start < end and token.end > start]
    period = Timeline(document).period_at(sentence, inside[0], inside[-1] + 1)
    return period.edtf if period else None


DATES: list[tuple[str, str | None]] = [
    ("On July 15, 2023, some *40* buses burned.", "2023-07-15"),
    ("Some *40* buses burned on 24 Feb 2022.", "2022-02-24"),
    ("Some *40* buses burned on the 3rd of June 2023.", "2023-06-03"),
    ("Rescuers found *40* people on 24.02.2022.", "2022-02-24"),
    ("Rescuers found *40* people on 2022-02-24.", "2022-02-24"),
    ("The town counted *9,000* people in September 2022.", "2022-09"),
    ("In 2022, the town counted *9,000* people.", "2022"),
    ("In early 2023 the town had *9,000* people.", "2023"),
    ("By the end of June 2023 the town had *9,000* people.", "2023-06"),
    ("At the end of 2022 the town had *9,000* people.", "2022-12"),
    ("As of January 2024 the town had *9,000* people.", "2024-01"),
    ("In the 1990s the town had *9,000* people.", "1990/1999"),
    ("From 14 to 21 April 2023 the clinic treated *90* patients.", "2023-04-14/2023-04-21"),
    ("The clinic treated *90* patients between 2019 and 2021.", "2019/2021"),
    ("The clinic treated *90* patients in 2019–2021.", "2019/2021"),
    ("The clinic treated *90* patients in the spring of 2023.", "2023-03/2023-05"),
    ("The clinic treated *90* patients in the first half of 2023.", "2023-01/2023-06"),
    ("The clinic treated *90* patients in the third quarter of 2023.", "2023-07/2023-09"),
    ("The clinic treated *90* patients in the first three months of 2023.", "2023-01/2023-03"),
]

PARTS: list[tuple[str, str | None]] = [
    ("In the three months to the end of March the mill made *40* boats.", "2024-01/2024-03"),
    ("In the year to June 2023 the mill made *40* boats.", "2022-07/2023-06"),
    ("In the week to Sunday the mill made *40* boats.", "2024-05-06/2024-05-12"),
    ("First-quarter losses grew by *40%*.", "2024-01/2024-03"),
    ("In the fourth quarter losses grew by *40%*.", "2023-10/2023-12"),
    ("Losses grew by *40%* in Q1.", "2024-01/2024-03"),
    ("Losses grew by *40%* in the first quarter ended November.", "2023-11"),
    ("Losses grew by *40%* in the second half of last year.", "2023-07/2023-12"),
    ("The match had *40* goals in the first half of play.", None),
    ("In April the mill made 50 boats, against *40* a year earlier.", "2023-04"),
    ("In April the mill made *50* boats, a tenth more than in the same period of last year.", "2024-04"),
    ("In April the mill made 50 boats, and *40* in the same month of 2022.", "2022-04"),
    ("From January to March it made 50 boats. During the same time *40* ships came.", "2024-01/2024-03"),
    ("Sales were *40%* up in 2023 on the previous year.", "2023"),
]

PRESENT: list[tuple[str, str | None]] = [
    ("Shells hit *40* farms overnight.", "2024-05-15"),
    ("Overnight on Monday shells hit *40* farms.", "2024-05-13"),
    ("This morning shells hit *40* farms.", "2024-05-15"),
    ("Over the past day shells hit *40* farms.", "2024-05-14/2024-05-15"),
    ("The army currently has *900* men.", "2024-05"),
    ("The army now has *900* men.", "2024-05"),
    ("It has *900* men at the moment.", "2024-05"),
    ("It can now send *900* men.", None),
    ("He drove *900* km and is now a driver.", None),
    ("In the coming year it will have *900* men.", "2025"),
    ("This autumn *900* men left.", "2023-09/2023-11"),
    ("In 2022, 90 men left. In recent months, *900* left.", None),
]

RELATIVE: list[tuple[str, str | None]] = [
    ("On Tuesday the shelling killed *four* people.", "2024-05-14"),
    ("The shelling killed *four* people on Wednesday.", "2024-05-15"),
    ("The shelling killed *four* people on Thursday night.", "2024-05-09"),
    ("The parliament will vote on *four* bills on Friday.", "2024-05-17"),
    ("On Friday, the parliament will vote on *four* bills.", "2024-05-17"),
    ("Last Wednesday the shelling killed *four* people.", "2024-05-08"),
    ("Next Wednesday they will open *four* schools.", "2024-05-22"),
    ("Yesterday the shelling killed *four* people.", "2024-05-14"),
    ("The shelling killed *four* people last week.", "2024-05-06/2024-05-12"),
    ("This month the shelling killed *four* people.", "2024-05"),
    ("Last month the shelling killed *four* people.", "2024-04"),
    ("Last year the shelling killed *four* people.", "2023"),
    ("In December the shelling killed *four* people.", "2023-12"),
    ("In December they will open *four* schools.", "2024-12"),
    ("In late January the shelling killed *four* people.", "2024-01"),
    ("The shelling killed *four* people in December last year.", "2023-12"),
    ("The shelling killed *four* people on 24 February.", "2024-02-24"),
    ("Last spring the shelling killed *four* people.", "2023-03/2023-05"),
    ("Three years ago the army had *90,000* men.", "2021"),
    ("Two months ago the army had *90,000* men.", "2024-03"),
    ("Ten days ago the army had *90,000* men.", "2024-05-05"),
    ("Over the past three years the army trained *90,000* men.", "2021/2024"),
    ("In the last three months the army trained *90,000* men.", "2024-02/2024-05"),
    ("Over the past 24 hours the army lost *90* men.", "2024-05-14/2024-05-15"),
    ("During the last day the army lost *90* men.", "2024-05-14"),
    ("Over the past week the army lost *90* men.", "2024-05-08/2024-05-15"),
    ("Over the past year the army lost *90* men.", "2023-05/2024-05"),
    ("Over the next three years the army will hire *90,000* men.", "2024/2027"),
    ("In the next two to four months the army will hire *90* men.", "2024-05/2024-09"),
    ("By the end of the year the army will have *90,000* men.", "2024-12"),
    ("So far this year the army has lost *90* men.", "2024/2024-05-15"),
    ("The hikers covered *90 km* in 12 days.", "2024-05-03/2024-05-15"),
]

SPANS: list[tuple[str, str | None]] = [
    ("Since February 2022 the town has lost *9,000* people.", "2022-02/2024-05-15"),
    ("The town has lost *9,000* people since last year.", "2023/2024-05-15"),
    ("The strike left *90* flats empty since the fire broke out in April.", "2024-04/2024-05-15"),
    ("Since the start of the year the town has lost *90* people.", "2024-01/2024-05-15"),
    ("The sale will run until August 9, 2024, with *90* lots.", "../2024-08-09"),
    ("The sale, running from March to June, has *90* lots.", "2024-03/2024-06"),
    ("The sale of *90* lots opened this week and will last until August 9, 2024.", "2024-05-13/2024-08-09"),
    ("From 2025 the term will be *12 months*.", "2025/.."),
    ("Until 2023 the term was *12 months*.", "../2023"),
    ("Records dating back to 2019 list *90* fires.", "2019/2024-05-15"),
    ("The rains hit *90* villages in May and June 2023.", "2023-05/2023-06"),
]

WAR = "Russia and Ukraine are at war, and Kyiv asks Moscow to stop."
EVENTS = [
    ("Since the start of the war the town has lost *900* people.", "2022-02-24/2024-05-15", WAR),
    ("Since the war began, *900* people have left.", "2022-02-24/2024-05-15", WAR),
    ("Since Russia's full-scale invasion, *900* people have left.", "2022-02-24/2024-05-15", WAR),
    ("Since Russia's 2022 full-scale invasion, *900* people have left.", "2022-02-24/2024-05-15", WAR),
    ("Since Russia's full-scale invasion in 2022, *900* people have left.", "2022-02-24/2024-05-15", WAR),
    ("Since Russia invaded in February 2022, *900* people have left.", "2022-02/2024-05-15", WAR),
    ("The town has lost *900* people from the beginning of the war.", "2022-02-24/2024-05-15", WAR),
    ("The town has lost *900* people so far in the war.", "2022-02-24/2024-05-15", WAR),
    ("Data from March show *900* dead since the war began.", "2022-02-24/2024-03", WAR),
    ("As of March 2023, *900* people have left since the war began.", "2022-02-24/2023-03", WAR),
    ("Since the start of the war the town has lost *900* people.", None, ""),
    ("Before the full-scale invasion the town had *900* people.", "2022-02", WAR),
    ("Since the war began, *900* people in Gaza have left Gaza.", "2023-10-07/2024-05-15", ""),
    ("Since the pandemic, *900* people have left; the pandemic is over.", "2020-03/2024-05-15", ""),
    ("It was the largest strike since 2011, with *900* workers out.", None, ""),
    ("The town has counted *900* refugees since the conflict began in April.", "2024-04/2024-05-15", ""),
]

REACH: list[tuple[str, str | None]] = [
    ("In 2022 the number grew to *90* million, and to 95 million in May 2023.", "2022"),
    ("In 2022 the number grew to 90 million, and to *95* million in May 2023.", "2023-05"),
    ("Exports rose to *5%*, up from 3.1% in 2021.", None),
    ("Exports rose to 5%, up from *3.1%* in 2021.", "2021"),
    ("In 2023 there were 90 fires, against the previous year's *70* fires.", "2022"),
    ("Courts heard 90 cases, and the *70* cases recorded in 2021 were closed.", "2021"),
    ("The army grew from *3 million* men four years ago to 7 million today.", "2020"),
    ("The army grew from 3 million men four years ago to *7 million* today.", "2024-05-15"),
    ("In 2023 there were 90 fires compared to *eight* in the four years prior.", "2019/2022"),
    ("The number rose by *300* from the end of 2022 to reach 900 by the end of June 2023.", "2022-12/2023-06"),
    ("The number rose by the end of 2021 by *30%*, to reach 900.", "2021"),
    ("The number rose by the end of 2021 by 30%, to reach *900*.", "2021-12"),
    ("On Monday the mayor said that *nine* people had died on Saturday.", "2024-05-11"),
    ("On Monday the mayor reported *nine* deaths.", "2024-05-13"),
    ("Under the 2022 election law *nine* parties may stand.", None),
    ("The mayor said in December: “We will have *90* buses by the end of this year.”", "2023-12"),
    ("In August the council announced that owners of *18* boats would have to pay from 2025.", "2025/.."),
    ("This week the city gave *15* million to schools and 20 million to clinics.", "2024-05-13/2024-05-19"),
    ("This week the city gave 15 million to schools and *20* million to clinics.", "2024-05-13/2024-05-19"),
    ("Fires (*90* in 2021) are rare.", "2021"),
    ("March alone brought *90* fires, and so far this month there have been 20.", "2024-03"),
    ("Peru agreed this month to buy *90* boats next year.", "2025"),
    ("The bill tabled in March provides *90* million for boats in 2025.", "2025"),
    ("The council chose on Monday to keep *90* roads shut until mid-July.", "../2024-07"),
    ("The order of March 3 set the limit at *90* boats.", "2024-03-03"),
    ("The mayor claimed in March that *90* people had moved in since 2022.", "2022/2024-03"),
    ("A poll released in March had her at 47%, up *nine* points since January.", "2024-01/2024-03"),
]

AROUND = [
    ("It left *30* houses damaged.", "2024-05-13", "On Monday a storm hit the coast. "),
    ("It will leave *30* houses empty.", None, "In March 2024 a storm hit the coast. "),
    ("Overall, *30* houses were damaged.", None, "In March 2024 a storm hit the coast. "),
    ("A further *30* are missing.", "2024-05-11/2024-05-12", "A storm killed nine on Saturday and Sunday. "),
    ("Boats will take *30%* of it.", "2025", "The plan foresees nine billion for harbours in 2025. "),
    ("Before, only *27* towns had rules.", None, "In March 2024 a storm hit the coast.\n\n"),
    ("Previously, only *27* towns had to pay.", "../2024", "From 2025, all towns will have to pay. "),
    ("Peru has lost *900* boats.", "2023/2024-05-15", "The storms have cost Peru 12 ports since 2023.\n\n"),
    (
        "It takes *1,500* vaccinators.",
        "2024-03/2024-06",
        "The vaccination drive, running from March to June, is on.\n\n",
    ),
]

UNDATED = [
    ("On Tuesday the shelling killed *four* people.", None),
    ("Last year the shelling killed *four* people.", None),
    ("In December the shelling killed *four* people.", None),
    ("In May 2023 the shelling killed *four* people.", "2023-05"),
    ("Since May 2023 the shelling has killed *four* people.", "2023-05/.."),
]

APPROXIMATE = [
    ("Over the past 24 hours the army lost *90* men.", "2024-09"),
    ("On Tuesday the shelling killed *four* people.", "2024-09"),
    ("This week the shelling killed *four* people.", "2024-09"),
    ("Last month the shelling killed *four* people.", "2024-08"),
    ("In December the shelling killed *four* people.", "2023-12"),
    ("Last year the shelling killed *four* people.", "2023"),
]


@pytest.mark.parametrize(("text", "edtf"), DATES + PARTS + PRESENT + RELATIVE + SPANS + REACH)
def test_the_time_an_amount_belongs_to(text: str, edtf: str | None) -> None:
    assert find_period(text) == edtf


@pytest.mark.parametrize(("text", "edtf", "context"), EVENTS)
def test_an_event_counts_only_where_the_text_points_at_it(text: str, edtf: str | None, context: str) -> None:
    assert find_period(text, lead=f"{context}\n\n") == edtf


@pytest.mark.parametrize(("text", "edtf", "lead"), AROUND)
def test_the_text_around_dates_an_amount(text: str, edtf: str | None, lead: str) -> None:
    assert find_period(text, lead=lead) == edtf


@pytest.mark.parametrize(("text", "edtf"), UNDATED)
def test_without_a_publication_date_only_full_dates_resolve(text: str, edtf: str | None) -> None:
    assert find_period(text, published_on=None) == edtf


@pytest.mark.parametrize(("text", "edtf"), APPROXIMATE)
def test_nothing_is_dated_closer_than_the_publication(text: str, edtf: str | None) -> None:
    assert find_period(text, published_on="2024-09~") == edtf


@pytest.mark.parametrize(
    ("published_on", "edtf"), [("2024", "2023"), ("2024-09/2024-10", "2023"), ("2023/2024", None), ("2024/..", None)]
)
def test_publication_known_roughly(published_on: str, edtf: str | None) -> None:
    assert find_period("Last year the shelling killed *four* people.", published_on) == edtf


def test_the_day_of_the_lead_covers_its_figures() -> None:
    text = "Rockets kill 12 in port town\n\nOn Monday rockets hit a port town.\n\nRescuers found 12 bodies.\n"
    document = _document(text, PUBLISHED)
    timeline = Timeline(document)
    periods = []
    for sentence in document.sentences:
        at = next((index for index, token in enumerate(sentence.tokens) if token.text == "12"), None)
        if at is not None:
            periods.append(timeline.period_at(sentence, at, at + 1))
    assert [period.edtf if period else None for period in periods] == ["2024-05-13", "2024-05-13"]


FURTHER_DOWN = [
    ("Police held *40* men.", "2024-05-14"),
    ("Power was cut in *40* streets.", "2024-05-14"),
    ("Doctors say *40* people are still being treated.", "2024-05-15"),
    ("The town counts *40* streets.", None),
    ("Earlier, *40* rockets hit the other bank.", None),
    ("A *40*-year-old man was injured.", None),
    ("Welders earned *40* euros an hour.", None),
]


@pytest.mark.parametrize(("text", "edtf"), FURTHER_DOWN)
def test_what_happened_further_down_happened_on_the_day_of_the_news(text: str, edtf: str | None) -> None:
    lead = "On Tuesday rockets hit a port town.\n\n" + "Nobody knows why.\n\n" * 6
    assert find_period(text, lead=lead) == edtf


def test_a_figure_repeated_takes_the_time_of_its_other_mention() -> None:
    text = "The town counts 9,417 people in all its streets.\n\nMuch was built.\n\nIn March 2023 it had 9,417 people."
    document = _document(text, PUBLISHED)
    period = Timeline(document).period_at(document.sentences[0], 3, 4)
    assert period is not None
    assert period.edtf == "2023-03"


WORDS = (
    "in since from until the last next 3 May 29 February 31 2022 9999 0 years ago Tuesday end of war winter year half"
)


@given(st.lists(st.sampled_from([*WORDS.split(), *"to and - ” , week 24.02.2022".split()]), max_size=30).map(" ".join))
def test_any_words_have_a_reading(text: str) -> None:
    document = _document(f"Some 7 houses {text} fell.", PUBLISHED)
    timeline = Timeline(document)
    for sentence in document.sentences:
        for index in range(len(sentence.tokens)):
            timeline.period_at(sentence, index, index + 1)
