import json
import time
from pathlib import Path

import pytest

from dataset.articles import read_article, read_manifest
from dataset.extraction import extract_facts
from dataset.model import EventFact
from tests.dataset.reading import read_events

LEAD = "The harbour of Norby stays shut\n\nIt rained over the harbour for the whole of the night.\n\n"
PUBLISHED = "2024-05-10"  # a Friday


def events_in(text: str) -> list[EventFact]:
    return read_events(LEAD + text + "\n", PUBLISHED)


TYPES = [
    ("The president signed a decree on the harbour.", "decree-signed", "signed"),
    ("The governor put his signature to the bill.", "decree-signed", "signature"),
    ("Parliament raised the age limit to 30.", "law-changed", "raised"),
    ("The law came into force on Monday.", "law-changed", "came"),
    ("The ministry announced that young men would have to serve a year.", "law-changed", "announced"),
    ("Finland called up 400 men.", "call-up", "called up"),
    ("The spring draft began in April.", "call-up", "draft"),
    ("Finland has called up 400 reservists.", "mobilisation", "called up"),
    ("The mobilisation in Finland caused a panic.", "mobilisation", "mobilisation"),
    ("Finland sent troops to Norby.", "deployment", "sent"),
    ("Warships sailed into the bay of Norby.", "deployment", "sailed"),
    ("Gunmen attacked the port of Norby.", "attack", "attacked"),
    ("A drone attack on Norby woke the town.", "attack", "attack"),
    ("Rebels fired rockets at Norby.", "attack", "fired"),
    ("Soldiers shot dead a baker in Norby.", "attack", "shot"),
    ("Police arrested two bakers.", "capture", "arrested"),
    ("The army took the town of Norby.", "capture", "took"),
    ("Gunmen dragged ten men out of the mill.", "capture", "dragged"),
    ("Forty soldiers deserted.", "desertion", "deserted"),
    ("Finland joined NATO.", "treaty-joined", "joined"),
    ("Norway and Finland signed a treaty.", "treaty-joined", "signed"),
    ("Finland withdrew from the convention.", "treaty-left", "withdrew"),
    ("Finland tore up the treaty.", "treaty-left", "tore up"),
    ("The rebels agreed to a truce.", "ceasefire-agreed", "agreed"),
    ("The army rejected the ceasefire.", "ceasefire-refused", "rejected"),
    ("The general has rebuffed calls for a truce.", "ceasefire-refused", "rebuffed"),
    ("The general refused to agree to a truce.", "ceasefire-refused", "agree"),
    ("The ministers met in Norby.", "talks", "met"),
    ("Talks between Finland and Norway began.", "talks", "Talks"),
    ("The Pope visited Norby.", "visit", "visited"),
    ("The Finnish president arrived in Norby.", "visit", "arrived"),
    ("Jan Holm won the election.", "election", "won"),
    ("Voters elected Jan Holm.", "election", "elected"),
    ("Finland imposed sanctions on Norby.", "sanction", "imposed"),
    ("Finland expelled three diplomats.", "sanction", "expelled"),
    ("Finland pledged $40 million to Norby.", "aid-approved", "pledged"),
    ("The tanks that Finland sent to Norby have come.", "aid-approved", "sent"),
    ("Thousands protested in Norby.", "protest", "protested"),
    ("A strike of dock workers shut the port.", "protest", "strike"),
    ("The rail strike entered its third week.", "protest", "strike"),
    ("The mill strike in Norby entered its third week.", "protest", "strike"),
    ("Bakers began a two-day strike in Norby on Monday.", "protest", "strike"),
    ("The bakers have been on strike since Monday.", "protest", "strike"),
    ("A bus strike hit commuters on Tuesday.", "protest", "strike"),
    ("A French strike over pay shut the mill.", "protest", "strike"),
    ("A Russian strike on a train woke the town.", "attack", "strike"),
    ("A drone strike near the workers of the mill woke the town.", "attack", "strike"),
    ("A court convicted the baker.", "conviction", "convicted"),
    ("The baker was found guilty.", "conviction", "found guilty"),
    ("Jan Holm was re-elected in Norby.", "election", "elected"),
    ("Finland scrambled fighter jets.", "deployment", "scrambled"),
    ("A second summit is due to open.", "talks", "summit"),
    ("The town hit Norway with new sanctions.", "sanction", "hit"),
]


@pytest.mark.parametrize(("text", "event_type", "trigger"), TYPES)
def test_types(text: str, event_type: str, trigger: str) -> None:
    (event,) = events_in(text)
    assert (event.event_type, event.exact) == (event_type, trigger)


NOTHING = [
    "Attacks on hospitals are crimes.",
    "Finland conscripts men twice a year.",
    "Conscripts are sent to the coast.",
    "If Norway attacks Finland, the pact holds.",
    "Norway could deploy troops to Norby.",
    "The mayor urged Finland to join NATO.",
    "Fears of an attack on Norby grew.",
    "The mayor called for a ceasefire.",
    "Norway may sign the treaty.",
    "The attack drones are old.",
    "The National Election Commission has moved.",
    "The U.S.-sanctioned baker left.",
    "The parade took place in Norby.",
    "He struck a deal with the baker.",
    "They met the demand for bread.",
    "The army lost 40 men killed, wounded and missing.",
    "Some 40 soldiers were either dead or wounded.",
    "Since the invasion of Norby bread is dear.",
    "The mill has the means of launching missiles.",
    "It rained in the port.",
    "The wall was built against an attack.",
    "Norway wants talks.",
    "He died of a heart attack in Norby.",
    "Norby tried to capture the town.",
    "A hurricane hit the port of Norby.",
    "Snow blocked roads in Norby.",
    "An opinion poll in Norby was kind to him.",
    "Finland would send troops to Norby.",
    "No further mobilisation is needed.",
    "The mayor spoke at a news conference in Norby.",
    "Jan Holm took office in Norby.",
    "A strike on Monday shut the mill.",
    "There were ten strikes of lightning over Norby.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_event(text: str) -> None:
    assert [(event.event_type, event.exact) for event in events_in(text)] == []


STANCES = [
    ("Finland sent troops to Norby.", "done", "positive"),
    ("Finland did not send troops to Norby.", "done", "negative"),
    ("Finland has never sent troops to Norby.", "done", "negative"),
    ("Finland refused to send troops to Norby.", "done", "negative"),
    ("Finland is resisting calls to send troops to Norby.", "done", "negative"),
    ("Finland will send troops to Norby.", "planned", "positive"),
    ("Finland plans to send troops to Norby.", "planned", "positive"),
    ("Finland is to send troops to Norby.", "planned", "positive"),
    ("Finland is set to send troops to Norby.", "planned", "positive"),
    ("Finland announced plans to send troops to Norby.", "announced", "positive"),
    ("Finland vowed to send troops to Norby.", "announced", "positive"),
    ("Finland said it will send troops to Norby.", "announced", "positive"),
    ("Finland said it will not send troops to Norby.", "announced", "negative"),
    ("Finland denied sending troops to Norby.", "denied", "positive"),
    ("No troops were sent to Norby.", "done", "negative"),
    ("None of the troops were deployed to Norby.", "done", "negative"),
    ("The visit to Norby was postponed.", "done", "negative"),
    ("Finland denied that it had sent troops to Norby.", "denied", "positive"),
    ("Finland said it would send troops to Norby.", "announced", "positive"),
    ("Finland later sent troops to Norby.", "done", "positive"),
    ("The ministers did not hold talks, Finland said.", "done", "negative"),
    ("Finland began to send troops to Norby.", "done", "positive"),
    ("No attack on Norby took place.", "done", "negative"),
    ("The election will be held in Norby in June.", "planned", "positive"),
    ("Finland elected a king in Norby on 3 June 2024.", "planned", "positive"),  # what has a date to come
]


@pytest.mark.parametrize(("text", "modality", "polarity"), STANCES)
def test_how_an_event_is_told(text: str, modality: str, polarity: str) -> None:
    (event,) = events_in(text)
    assert (event.modality, event.polarity) == (modality, polarity)


def test_a_headline_tells_the_past_in_the_present() -> None:
    (event,) = read_events("Finland Sends Troops to Norby\n\nIt rained over the harbour for the whole night.\n")
    assert (event.event_type, event.modality) == ("deployment", "done")
    (event,) = read_events("Norby Baker Jailed for Theft\n\nIt rained over the harbour for the whole night.\n")
    assert [(one.role, one.name) for one in event.participants] == [("object", "Norby Baker")]
    (event,) = read_events("Norby King to Visit Finland\n\nIt rained over the harbour for the whole night.\n")
    assert (event.event_type, event.modality) == ("visit", "planned")


PARTICIPANTS = [
    ("Gunmen hit the port in Finland.", {"actor": ["Gunmen"], "object": ["port"], "place": ["Finland"]}),
    ("The port was attacked by gunmen.", {"actor": ["gunmen"], "object": ["port"]}),
    ("A Finnish drone attack on Norby woke the town.", {"actor": ["Finland"], "object": ["Norby"], "place": ["Norby"]}),
    ("Finland’s attack on Norby woke the town.", {"actor": ["Finland"], "object": ["Norby"], "place": ["Norby"]}),
    ("Finland, Sweden and Norway joined NATO.", {"actor": ["Finland", "Norway", "Sweden"], "object": ["NATO"]}),
    ("The bloc added Finland and Sweden to its council.", {"actor": ["bloc"], "object": ["Finland", "Sweden"]}),
    ("Finland vowed to send troops to Norby.", {"actor": ["Finland"], "object": ["troops"], "place": ["Norby"]}),
    ("The general has rebuffed calls for a truce.", {"actor": ["general"], "object": ["truce"]}),
    ("Jan Holm left. On Monday he signed a decree.", {"actor": ["Jan Holm"], "object": ["decree"]}),
    ("Finland imposed sanctions on Norby.", {"actor": ["Finland"], "object": ["Norby"]}),
    ("Norway launched 40 drones at Norby.", {"actor": ["Norway"], "object": ["Norby"], "place": ["Norby"]}),
    ("The mayor accused Norway of shelling Norby.", {"actor": ["Norway"], "object": ["Norby"]}),
    ("Jan Holm, 26, was arrested in Norby.", {"object": ["Jan Holm"], "place": ["Norby"]}),
    ("The baker was fined and sentenced to two years.", {"object": ["baker"]}),
    ("The baker was seen and later convicted of fraud.", {"object": ["baker"]}),
    ("The town was encircled and captured by rebels.", {"actor": ["rebels"], "object": ["town"]}),
    ("Norway was praised and imposed sanctions on Norby.", {"actor": ["Norway"], "object": ["Norby"]}),
    ("Norway praised the baker and sanctioned Norby.", {"actor": ["Norway"], "object": ["Norby"]}),
    ("Jan Holm, a former baker, has visited Norby.", {"actor": ["Jan Holm"], "object": ["Norby"], "place": ["Norby"]}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "participants"), PARTICIPANTS)
def test_who_takes_part(text: str, participants: dict[str, list[str]]) -> None:
    (event,) = events_in(text)
    found: dict[str, list[str]] = {}
    for participant in event.participants:
        found.setdefault(participant.role.value, []).append(participant.name)
        assert participant.start is not None
    assert {role: sorted(names) for role, names in found.items()} == participants


TIMES = [
    ("Finland sent troops to Norby on Thursday.", "2024-05-09"),
    ("In April 2023 Finland sent troops to Norby.", "2023-04"),
    ("Finland sent troops to Norby.", None),
    ("It rained on Monday. Finland sent troops to Norby.", None),
]


@pytest.mark.parametrize(("text", "edtf"), TIMES)
def test_when_it_took_place(text: str, edtf: str | None) -> None:
    (event,) = events_in(text)
    assert (event.period.edtf if event.period else None) == edtf


def test_a_capital_is_a_place_and_not_its_rulers() -> None:
    (event,) = events_in("Thousands protested in Tbilisi.")
    assert [(one.id, one.name) for one in event.participants if one.role == "place"] == [(None, "Tbilisi")]


def test_one_happening_is_one_event() -> None:
    for text in (
        "Finland launched missiles in an attack on Norby.",
        "A strike on Norby killed ten men.",
        "Artillery fire tore through the market of Norby.",
    ):
        assert len(events_in(text)) == 1, text


def test_who_tells_of_it_is_its_claimant() -> None:
    (event,) = events_in("Jan Holm said gunmen attacked the port of Norby.")
    assert [claimant.name for claimant in event.claimants] == ["Jan Holm"]


def test_the_draft_speaks_of_the_one_told_before() -> None:
    first, again = events_in("Finland called up 400 men for the spring draft in Norby. The draft comes amid rain.")[-2:]
    assert {first.event_type, again.event_type} == {"call-up"}
    assert events_in("The draft comes amid rain.") == []


def test_further_strikes_are_of_the_sort_told_before() -> None:
    for before in ("Thousands protested in Norby.", "Gunmen attacked the port of Norby."):
        told, again = events_in(f"{before} Further strikes are planned for June.")
        assert told.event_type == again.event_type
    assert events_in("Further strikes are planned for June.") == []


@pytest.mark.slow
@pytest.mark.parametrize("text", ["attack ", "to send to ", "was sent and ", "Norby, ", "that who attacked the "])
def test_time_grows_linearly(text: str) -> None:
    events_in(text)  # the tables are read
    begun = time.monotonic()
    events_in(text * 20_000)
    assert time.monotonic() - begun < 30  # seconds; in square time it would take many minutes


MUST = [
    # article, type, words of the trigger, role, name, period or None where the text gives none
    ("002", "decree-signed", "signed", "object", "decree", "2024-01-04"),
    ("001", "call-up", "conscript", "object", "160,000 men", None),
    ("001", "call-up", "conscription", None, None, "2025-04/2025-07-15"),
    ("002", "mobilisation", "call up", "actor", "Putin", "2022-09"),
    ("004", "mobilisation", "mobilization", "actor", "Putin", "2022-09"),
    ("002", "law-changed", "announced", "actor", "Russia", "2023-07"),
    ("000", "deployment", "deployed", "place", "Kursk", None),
    ("000", "capture", "captured", "object", "conscripts", None),
    ("003", "treaty-joined", "added", "object", "Finland", None),
    ("003", "treaty-joined", "added", "object", "Sweden", None),
    ("003", "treaty-left", "withdraw", "actor", "Finland", None),
    ("003", "attack", "attack", "place", "Kherson", "2025-04-01"),
    ("003", "ceasefire-refused", "rejected", "actor", "Moscow", None),
    ("001", "visit", "visit", "place", "Washington", "2025-04"),
]


@pytest.mark.parametrize(("article", "event_type", "trigger", "role", "name", "edtf"), MUST)
def test_what_the_five_articles_must_give(
    shared: Path, article: str, event_type: str, trigger: str, role: str | None, name: str | None, edtf: str | None
) -> None:
    (path,) = (shared / "articles").glob(f"{article}_*.txt")
    facts = extract_facts(*read_article(path, read_manifest(shared / "articles" / "articles.csv")))
    events = [fact for fact in facts if isinstance(fact, EventFact) and fact.event_type == event_type]
    named = [
        event
        for event in events
        if event.exact == trigger
        and (role is None or any(one.role == role and name in one.name for one in event.participants if name))
    ]
    assert named
    assert edtf is None or any(event.period and event.period.edtf == edtf for event in named)


def test_the_annotations_lie_inside_their_articles(shared: Path) -> None:
    for name, folder in (("five", "articles"), ("dev", "articles-dev")):
        lines = (Path(__file__).parent.parent / "events" / f"{name}_events.jsonl").read_text(encoding="utf-8")
        for event in map(json.loads, lines.splitlines()):
            text = (shared / folder / event["source"]).read_bytes().decode("utf-8")
            for span in filter(None, (event, event["actor"], event["object"], event["place"])):
                assert 0 <= span["start"] < span["end"] <= len(text)
                assert text[span["start"] : span["end"]].strip() == text[span["start"] : span["end"]]
