import pytest

from dataset.model import StatementFact
from tests.dataset.reading import read_statements

LEAD = "The harbour of Norby stays shut\n\nIt rained over the harbour for the whole of the night.\n\n"
PUBLISHED = "2024-05-10"  # a Friday


def statements_in(text: str) -> list[tuple[str, bool, str | None, list[str]]]:
    """What was said, whether directly, by which cue and by whom."""
    return [
        (
            (LEAD + text)[fact.start : fact.end],
            fact.direct,
            fact.cue.exact if fact.cue else None,
            [claimant.name for claimant in fact.claimants],
        )
        for fact in found_in(text)
    ]


def found_in(text: str) -> list[StatementFact]:
    return read_statements(LEAD + text + "\n", PUBLISHED)


QUOTED = [
    ("“We will not move,” Jan Holm said.", [("We will not move,", "said", ["Jan Holm"])]),
    ('"We will not move," Jan Holm said.', [("We will not move,", "said", ["Jan Holm"])]),
    ("‘We will not move,’ said Jan Holm.", [("We will not move,", "said", ["Jan Holm"])]),
    ("Jan Holm said: “We will not move.”", [("We will not move.", "said", ["Jan Holm"])]),
    ("“We stay,” Jan Holm said. “The sea is calm.”",
     [("We stay,", "said", ["Jan Holm"]), ("The sea is calm.", "said", ["Jan Holm"])]),
    ("“He told me ‘never’ and went off again,” Jan Holm said.",
     [("He told me ‘never’ and went off again,", "said", ["Jan Holm"])]),
    ("“He says it is “hell” down there in the port,” Jan Holm said.",
     [("He says it is “hell” down there in the port,", "said", ["Jan Holm"])]),
    ("“The finest harbour of them all by far.” — Jan Holm.",
     [("The finest harbour of them all by far.", None, ["Jan Holm"])]),
    ("“Nobody asked them to come to us,” Jan Holm was quoted as saying.",
     [("Nobody asked them to come to us,", "quoted as saying", ["Jan Holm"])]),
    ("“The storm is over,” his wife, Ida, told local radio.", [("The storm is over,", "told", ["Ida"])]),
    ("“The storm is over,” quipped Kim Soo-ah of Norby.", [("The storm is over,", "quipped", ["Kim Soo-ah of Norby"])]),
    ("The storm, in the words of one baker, “took it all away”.",
     [("took it all away", "in the words of", ["one baker"])]),
    ("The ship was hit by what Jan Holm described as “a very large wave”.",
     [("a very large wave", "described", ["Jan Holm"])]),
    ("He said Norby would be ‘held to account for its losses’ of last year.",
     [("held to account for its losses", "said", ["He"])]),
    ("Ida Berg sold her boats for 40 euros — “a pittance,” in the words of one baker.",
     [("a pittance,", "in the words of", ["one baker"])]),
    ("The claim was labelled “mostly true”.", [("mostly true", "labelled", [])]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), QUOTED)
def test_direct_quotations(text: str, expected: list[tuple[str, str | None, list[str]]]) -> None:
    found = [(said, cue, names) for said, direct, cue, names in statements_in(text) if direct]
    assert found == expected


def test_a_quotation_runs_over_paragraphs() -> None:
    text = "“We stay here,” Jan Holm said. “The sea is calm.\n\n“It will be calm tomorrow too.”"
    assert [(said, names) for said, _, _, names in statements_in(text)] == [
        ("We stay here,", ["Jan Holm"]),
        ("The sea is calm.", ["Jan Holm"]),
        ("It will be calm tomorrow too.", ["Jan Holm"]),
    ]


def test_single_marks_run_over_paragraphs_too() -> None:
    text = "Jan Holm shook his head.\n\n‘We stay here as long as we can.\n\n‘The sea is calm,’ Jan Holm said."
    assert ("We stay here as long as we can.", True, None, ["Jan Holm"]) in statements_in(text)


def test_a_headline_quotes_what_the_text_has_in_full() -> None:
    text = (
        "‘Not a ship will sail’: harbour of Norby shut\n\n“Not a ship will sail this year,” Jan Holm said on Monday.\n"
    )
    first, _ = read_statements(text)
    assert (first.direct, first.cue) == (True, None)
    assert [(claimant.name, claimant.inferred) for claimant in first.claimants] == [("Jan Holm", True)]
    assert len(read_statements("‘Not a ship will sail’: harbour of Norby shut\n\nIt rained on Monday in Norby.\n")) == 0


def test_a_quotation_of_two_sentences_is_one_statement() -> None:
    text = "“The dam is safe. The villages are dry,” the mayor, Ida Berg, said."
    assert statements_in(text) == [("The dam is safe. The villages are dry,", True, "said", ["Ida Berg"])]


def test_names_in_quotation_marks_beside_a_report_are_no_statements() -> None:
    text = "The mayor said that taxes would rise. The film “Sailing To Norby” was shown to the “so-called” elite."
    assert [said for said, direct, _, _ in statements_in(text) if direct] == []


def test_a_speaker_is_carried_over_all_open_paragraphs() -> None:
    open_ones = "“We stay here,” Jan Holm said. “The sea is calm.\n\n“It will be calm.\n\n“It is warm.\n\n“And dry.”"
    assert {tuple(names) for _, _, _, names in statements_in(open_ones)} == {("Jan Holm",)}
    assert len(statements_in(open_ones)) == 5


def test_who_passes_it_on_stands_outside_of_what_is_said() -> None:
    _, said = statements_in("Jan Holm said the storm would end, TASS reported.")
    assert said == ("the storm would end", False, "said", ["Jan Holm", "TASS"])


def test_a_wish_to_stay_unnamed_is_no_statement() -> None:
    found = statements_in("One resident, who asked not to be named, said that 40 ships sank.")
    assert [said for said, _, _, _ in found] == ["40 ships sank"]


@pytest.mark.parametrize("text", ["Stocks fall as Trump threatens", "It was as Jan told", "as heard El said"])
def test_a_line_may_end_on_its_cue(text: str) -> None:
    assert all(said for said, _, _, _ in statements_in(text))


REPORTED = [
    ("Jan Holm said that 40 ships sank.", ("40 ships sank", "said", ["Jan Holm"])),
    ("Some 40 ships sank, Jan Holm said.", ("Some 40 ships sank", "said", ["Jan Holm"])),
    ("According to Jan Holm, 40 ships sank.", ("40 ships sank", "According to", ["Jan Holm"])),
    ("Jan Holm told the council that 40 ships sank.", ("40 ships sank", "told", ["Jan Holm"])),
    ("Jan Holm told US officials that 40 ships sank.", ("40 ships sank", "told", ["Jan Holm"])),
    ("Jan Holm denied that 40 ships sank.", ("40 ships sank", "denied", ["Jan Holm"])),
    ("A report by the harbour office found that 40 ships sank.", ("40 ships sank", "found", ["harbour office"])),
    ("Jan Holm’s claim that 40 ships sank is new.", ("40 ships sank is new", "claim", ["Jan Holm"])),
    ("TASS quoted Jan Holm as saying that 40 ships sank.", ("40 ships sank", "quoted", ["Jan Holm", "TASS"])),
    ("Jan Holm, who denied fraud in court, was freed in May.", ("fraud in court", "denied", ["Jan Holm"])),
    ("Jan Holm, who denied that 40 ships sank, later fled.", ("40 ships sank", "denied", ["Jan Holm"])),
    ("It was told by Jan Holm, who said 40 ships sank, 12 of them in May.",
     ("40 ships sank, 12 of them in May", "said", ["Jan Holm"])),
    ("Jan Holm, who warned of 40 losses, is at sea.", ("of 40 losses", "warned", ["Jan Holm"])),
    ("A senior official said 40 ships sank.", ("40 ships sank", "said", ["senior official"])),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), REPORTED)
def test_reported_speech(text: str, expected: tuple[str, str, list[str]]) -> None:
    (found,) = statements_in(text)
    said, cue, names = expected
    assert found == (said, False, cue, names)


def test_two_clauses_are_two_statements() -> None:
    text = "Jan Holm said that 40 ships sank, but Finland reported that 60 did."
    assert statements_in(text) == [
        ("40 ships sank", False, "said", ["Jan Holm"]),
        ("60 did", False, "reported", ["Finland"]),
    ]


NO_STATEMENTS = ["The “old” harbour is shut.", "He sang “Norby by Night” at noon.", "Jan “the Boot” Holm left."]


@pytest.mark.parametrize("text", NO_STATEMENTS)
def test_scare_quotes_titles_and_nicknames(text: str) -> None:
    assert statements_in(text) == []


INFERRED = [
    ("Jan Holm left. He said 40 ships sank.", [("Jan Holm", True)]),
    ("Jan Holm left. Holm said 40 ships sank.", [("Jan Holm", False)]),
    ("The Harbour Ministry said it rained. The ministry said 40 ships sank.", [("Harbour Ministry", True)]),
    ("Norway met the envoy Jan Holm in Norby. It rained. The envoy said 40 ships sank.", [("Jan Holm", True)]),
    ("Norway freed Jan Holm, a lawyer, in May. It rained. The lawyer said 40 ships sank.", [("Jan Holm", True)]),
    ("TASS said it rained. The ministry said 40 ships sank.", [("ministry", False)]),
    ("Finance Minister Ida Berg spoke. The mayor said 40 ships sank.", [("mayor", False)]),
    ("Ida Berg, the mayor of Norby, spoke. The mayor said 40 ships sank.", [("Ida Berg", True)]),
    ("The minister left. The mayor said 40 ships sank.", [("mayor", False)]),
]


@pytest.mark.parametrize(("text", "claimants"), INFERRED)
def test_what_had_to_be_resolved_is_marked(text: str, claimants: list[tuple[str, bool]]) -> None:
    assert [(one.name, one.inferred) for one in found_in(text)[-1].claimants] == claimants


SPEAKERS = [
    ("Mr Holm met Ms Berg. She said it rained. He said that 40 ships sank.", "Mr Holm"),
    ("Ida Berg and Jan Holm left. Ms Berg waved. Mr Holm waved too. She said that 40 ships sank.", "Ida Berg"),
    ("The leader, Yonas Berg, shook hands. Mr Yonas said that 40 ships sank.", "Yonas Berg"),
    ("Jan van der Holm left for Norby. He said that 40 ships sank.", "Jan van der Holm"),
    ("Jan Holm spoke. Ida Berg wept. Holm left the hall. He said that 40 ships sank.", "Jan Holm"),
    ("Jan Holm left Norby. Its commander said that 40 ships sank.", "Its commander"),
    ("Jan Holm spoke. “Nobody wants this storm,” he said. “It is bad for us all.”", "Jan Holm"),
    ("Ida al-Berg, 61, said that 40 ships sank.", "Ida al-Berg"),
    ("Ida Berg of the Harbour Institute spoke. She said that 40 ships sank.", "Ida Berg of the Harbour Institute"),
    ("In Norby, a nurse held up a list. She said that 40 ships sank.", "nurse"),
    ("The abbot, Jan Holm, locked the doors. He said that 40 ships sank.", "Jan Holm"),
    ("In Norby, Ida Berg, 64, swept the floor. She said that 40 ships sank.", "Ida Berg"),
    ("“It rained,” said the host, Mayor Jan Holm of Norby.", "Mayor Jan Holm of Norby"),
    ("“It rained,” a lawmaker quoted the agency’s chief as telling the council.", "agency’s chief"),
    ("The governments of Finland and Norway said that 40 ships sank.", "governments of Finland and Norway"),
    ("The harbour office met on Monday. Tolls fell by 4 percent in May, it said.", "harbour office"),
    ("The harbour office met on Monday. Unemployment fell by 4 percent in May, it said.", "harbour office"),
    ("Mayor Ida Berg spoke in Norby. Boats were lost in the storm. She said that 40 ships sank.", "Mayor Ida Berg"),
    ("Mayor Ida Berg spoke in Norby. Much of the quay was lost. She said that 40 ships sank.", "Mayor Ida Berg"),
    ("Jan Holm spoke in Norby. Ida Berg would pay for the boats, he said.", "Jan Holm"),
    ("Jan Holm sat in the hall. Ida Berg wept: “They were all I had,” she said.", "Ida Berg"),
    ("Norby Lines has lost 40 ships, it said.", "Norby Lines"),
    ("Norby Lines spoke of a loss. IT RAINED ALL NIGHT. It said that 40 ships sank.", "Norby Lines"),
    ("The navy has sunk 40 boats, the report said.", "report"),
    ("The navy sailed on Monday. The navy has sunk 40 boats, the report said.", "report"),
    ("The harbour office met on Monday. The navy has sunk 40 boats, the report said.", "harbour office"),
]


@pytest.mark.parametrize(("text", "name"), SPEAKERS)
def test_who_speaks(text: str, name: str) -> None:
    assert found_in(text)[-1].claimants[0].name == name


SAID_WHEN = [
    ("Jan Holm said on Thursday that 40 ships sank in April.", "2024-05-09"),
    ("On Thursday, Jan Holm said that 40 ships sank in April.", "2024-05-09"),
    ("Some 40 ships sank in April, Jan Holm said on Thursday.", "2024-05-09"),
    ("Jan Holm told reporters in Norby on Thursday that 40 ships sank.", "2024-05-09"),
    ("Jan Holm said 40 ships sank on Thursday.", None),
    ("After the storm on Thursday, Jan Holm said that 40 ships sank.", None),
    ("Jan Holm said 40 ships sank.", None),
    ("Jan Holm, who took office in 2019, said that 40 ships sank.", None),
]


@pytest.mark.parametrize(("text", "edtf"), SAID_WHEN)
def test_when_it_was_said(text: str, edtf: str | None) -> None:
    (fact,) = found_in(text)
    assert (fact.period.edtf if fact.period else None) == edtf
