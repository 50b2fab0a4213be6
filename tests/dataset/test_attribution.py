import time

import pytest

from dataset.attribution.statement import Statement, claimants_at
from dataset.attribution.statements import find_statements
from dataset.document import Document, read_document
from dataset.model import Article

LEAD = "The harbour of Norby stays shut\n\nIt rained over the harbour for the whole of the night.\n\n"


def read(text: str) -> Document:
    return read_document(Article("a", "a.txt", "00"), LEAD + text + "\n")


def names_at(text: str, words: str) -> list[str]:
    document = read(text)
    return [one.name for one in claimants_at(find_statements(document), document.text.index(words, len(LEAD)))]


def direct_in(text: str) -> list[tuple[str, list[str]]]:
    document = read(text)
    found = [one for one in find_statements(document) if one.direct]
    return [(document.text[one.start : one.end], [claimant.name for claimant in one.claimants]) for one in found]


CLAIMED = [
    ("Jan Holm said that 40 ships had sunk.", "40", ["Jan Holm"]),
    ("Some 40 ships have sunk, Jan Holm said on Monday.", "40", ["Jan Holm"]),
    ("Some 40 ships have sunk, said the mayor, Jan Holm.", "40", ["Jan Holm"]),
    ("Jan Holm told reporters in Norby that 40 ships had sunk.", "40", ["Jan Holm"]),
    ("Norby, Jan Holm said, has lost 40 ships.", "40", ["Jan Holm"]),
    ("As Jan Holm put forward, as officials noted, 40 ships sank.", "40", ["officials"]),
    ("On Monday, it said, 40 ships sank. Finland said so.", "40", []),
    ("According to the harbour office, 40 ships sank.", "40", ["harbour office"]),
    ("However, according to Reuters, 40 ships sank.", "40", ["Reuters"]),
    ("Some 40 ships sank, as per data from Reuters.", "40", ["Reuters"]),
    ("Finland announced plans to buy 40 ships.", "40", ["Finland"]),
    ("Finland pledged to buy 40 ships, up from 12.", "40", ["Finland"]),
    ("The loss comes days after Finland pledged to buy 40 ships.", "40", ["Finland"]),
    ("TASS reported, citing the harbour office, that 40 ships sank.", "40", ["harbour office", "TASS"]),
    ("Some 40 ships sank, according to officials citing data from Finland.", "40", ["Finland", "officials"]),
    ("Some 40 ships sank, Finland said, according to Reuters.", "40", ["Finland", "Reuters"]),
    ("Reuters reported that 40 ships sank, according to Finland.", "40", ["Finland", "Reuters"]),
    ("Officials say the sea is high, with 40 ships sinking a day, according to Finnish reports.", "40",
     ["Finnish reports", "Officials"]),
    ("TASS, citing the harbour office, reported that 40 ships sank.", "40", ["harbour office", "TASS"]),
    ("TASS quoted Jan Holm as saying that 40 ships sank.", "40", ["Jan Holm", "TASS"]),
    ("Jan Holm was quoted as saying that 40 ships sank.", "40", ["Jan Holm"]),
    ("The Finnish navy has lost much, with Finland reporting 40 ships sunk.", "40", ["Finland"]),
    ("Estimates by Reuters put the loss at 40 ships.", "40", ["Reuters"]),
    ("Separate counts by BBC and Mediazona confirm 40 losses.", "40", ["BBC", "Mediazona"]),
    ("A new Reuters report believes 40 ships sank.", "40", ["Reuters"]),
    ("In a report by Reuters, it was said that 40 ships sank.", "40", ["Reuters"]),
    ("Despite Finland’s claim that 40 ships sank, the harbour opened.", "40", ["Finland"]),
    ("Finland warned that critics say 40 ships sank.", "40", ["critics", "Finland"]),
    ("While officials claim 40 ships sank, others count 12.", "40", ["officials"]),
    ("Jan Holm, who leads the harbour office, said 40 ships sank.", "40", ["Jan Holm"]),
    ("Jan Holm last week said 40 ships sank.", "40", ["Jan Holm"]),
    ("- We lost 40 ships in the storm - said the mayor.", "40", ["mayor"]),
    ("The cost of the works - Jan Holm said then - is 40 kroner.", "40", ["Jan Holm"]),
    ("The loss was large, Jan Holm told a Senate hearing Tuesday — fewer than the 40 that sank.", "40", ["Jan Holm"]),
    ("The loss was large, Jan Holm said, bringing the toll to 40.", "40", ["Jan Holm"]),
    ("The loss was large, Jan Holm said, among them 40 ships that sank.", "40", ["Jan Holm"]),
    ("The ships, Jan Holm said on Monday, were worth 40 kroner.", "40", ["Jan Holm"]),
    ("It rained on all 12.- Some 40 ships sank - Jan Holm says.- The rest fled.", "40", ["Jan Holm"]),
    ("It rained on all.- Some ships sank - Jan Holm says.- The other 40 fled.", "40", ["Jan Holm"]),
    ("The loss was large, Jan Holm said, while 40 ships fled.", "40", ["Jan Holm"]),
    ("Jan Holm said the mayor would pay each of them 12 kroner (£9; $40) in May.", "40", ["Jan Holm"]),
    ("Jan Holm said that many ships sank; 40 of them burned.", "40", ["Jan Holm"]),
    ("Its owner, Norby Lines, said 40 ships sank.", "40", ["Norby Lines"]),
    ("A rights group I trust, Norby-Watch, has logged 40 storms.", "40", ["Norby-Watch"]),
    ("A baker from Norby named Jan said 40 ships sank.", "40", ["Jan"]),
    ("Observers have counted nearly 40 cases.", "40", ["Observers"]),
    ("Finland’s General Staff counts over 40 cases.", "40", ["Finland’s General Staff"]),
    ("Analysts had pencilled in 40 ships.", "40", ["Analysts"]),
    ("The bank on Monday cut its growth forecast to 40 points.", "40", ["bank"]),
    ("Finland agreed this month to lend 40 ships, from 12 in 2023.", "40", ["Finland"]),
    ("Officials said Finland had agreed to lend 40 ships.", "40", ["Officials"]),
    ("Finland meanwhile promised a further 40 ships.", "40", ["Finland"]),
    ("The Red Cross is appealing for 40 ships.", "40", ["Red Cross"]),
    ("The mayor demanded that 40 ships leave.", "40", ["mayor"]),
    ("Jan Holm revealed that the navy had asked him to lend 40 ships.", "40", ["navy", "Jan Holm"]),
    ("By the bank’s own account it has lent 40 kroner.", "40", ["bank"]),
    ("The bank has lent, by its own account, 40 kroner.", "40", ["bank"]),
    ("The ships, according to the navy, were worth 40 kroner.", "40", ["navy"]),
    ("Some ships sank, according to the navy, and the other 40 fled.", "40", ["navy"]),
    ("In Norby, Jan Holm put the loss at 40 ships.", "40", ["Jan Holm"]),
    ("Half fled, according to one who saw it, who added that 40 ships sank.", "40", ["one"]),
    ("Some 40 sailors fell ill, according to WHO.", "40", ["WHO"]),
    ("In Norby, the mayor held up a list and said 40 ships sank.", "40", ["mayor"]),
    ("The navy has built 12 ships and plans to build 40 more.", "40", ["navy"]),
    ("Police put the crowd at 40 people.", "40", ["Police"]),
    ("Finland reports increased losses of 40 ships.", "40", ["Finland"]),
    ("Some 40 sailors fell ill, the WHO said.", "40", ["WHO"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "names"), CLAIMED)
def test_who_claims_it(text: str, words: str, names: list[str]) -> None:
    assert names_at(text, words) == names


UNCLAIMED = [
    ("Jan Holm signed an order to buy 40 ships.", "40"),
    ("Finland fired 40 shells at the harbour.", "40"),
    ("Estimates suggest that 40 ships sank.", "40"),
    ("Finland pledged to buy 40 ships, up from 12.", "12"),
    ("Jan Holm said the harbour was shut. Some 40 ships lay there.", "40"),
    ("Jan Holm did not say that 40 ships sank.", "40"),
    ("Jan Holm wants 40 ships.", "40"),
    ("Jan Holm counted 40 ships.", "40"),
    ("It rained on all 40.- Some ships sank - Jan Holm says.- The rest fled.", "40"),
    ("The officials count on ships, 40 at least.", "40"),
    ("Finland agreed to a 40-day truce.", "40"),
    ("While 40 percent said it rained, the harbour opened.", "40"),
    ("The mayor demanded 40 ships.", "40"),
    ("The storm put 40 ships at risk.", "40"),
    ("The bill raised costs by 40 kroner.", "40"),
    ("He planned to buy 40 ships.", "40"),
    ("Of the ships Finland promised in May, 40 came.", "40"),
    ("Finland agreed to lend 40 ships, from 12 in 2023.", "12"),
    ("Finland announced a loan for Norby, even as 40 ships sank.", "40"),
    ("In his opinion piece the mayor saw 40 ships.", "40"),
    ("Early reports of 40 losses came in.", "40"),
    ("While officials claim that ships sank, 40 people left.", "40"),
    ("It was reported that 40 ships sank.", "40"),
    ("The Finnish navy has lost 40 ships in the “partial” storm.", "40"),
    ("Norby Lines put the 40 sailors on leave.", "40"),
    ("Norby Lines put 40 sailors on leave at 3 harbours.", "40"),
    ("Storm claims rose by 40 percent in May.", "40"),
    ("Police reports reached 40 in May.", "40"),
    ("The bank looked into the claims, and 40 ships sank.", "40"),
]


@pytest.mark.parametrize(("text", "words"), UNCLAIMED)
def test_what_nobody_claims(text: str, words: str) -> None:
    assert names_at(text, words) == []


RESOLVED = [
    ("Jan Holm left. He said 40 ships sank.", "40", "Jan Holm"),
    ("Mayor Jan Holm spoke. “It is cold,” Holm said. He added that 40 ships sank.", "40", "Jan Holm"),
    ("It rained, the UK’s Ministry of Defence says. The MoD also believes 40 ships sank.", "40",
     "UK’s Ministry of Defence"),
    ("The Harbour Ministry said it rained. The ministry added that 40 ships sank.", "40", "Harbour Ministry"),
    ("Officials said it rained. They said 40 ships sank.", "40", "Officials"),
    ("A report by Reuters said it rained. The report says 40 ships sank.", "40", "Reuters"),
    ("Jan Holm spoke. In his view 40 ships sank.", "40", "Jan Holm"),
    ("Jan Holm said it rained. According to him, 40 ships sank.", "40", "Jan Holm"),
    ("Jan, a 26-year-old baker, left. He said 40 ships sank.", "40", "Jan"),
    ("Norby Watch, which reads the logs, says it rained. The group says 40 ships sank.", "40", "Norby Watch"),
    ("Jan Holm said it rained. She put the loss at 40 ships.", "40", "Jan Holm"),
    ("Finland has changed its law – in July, it announced that 40 ships sank.", "40", "Finland"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "name"), RESOLVED)
def test_short_names_and_pronouns_are_resolved(text: str, words: str, name: str) -> None:
    document = read(text)
    position = document.text.index(words, len(LEAD))
    statement = next(one for one in find_statements(document) if one.start <= position < one.end)
    claimant = statement.claimants[0]
    assert claimant.name == name
    assert claimant.start is not None
    assert claimant.end is not None
    words = document.text[claimant.start : claimant.end].lower()
    assert words in ("he", "holm", "mod", "ministry", "they", "report", "it", "his", "him", "group", "she")
    assert claimant.inferred == (words not in ("holm", "mod"))


CONTINUED = [
    ("Figures compiled by Reuters reveal a surge in losses.\n\nIn 2023 alone, 40 ships sank.", "40", ["Reuters"]),
    ("Figures compiled by Reuters reveal a surge.\n\nIn 2023 alone, 12 sank. Moreover, 40 were lost.", "40",
     ["Reuters"]),
    ("Many fled, according to Reuters.\n\nIn May the loss was 40. By June it was 50, according to Reuters.", "40",
     ["Reuters"]),
    ("The navy reported a storm. A further three ships sank.", "three", ["navy"]),
    ("The navy said 12 ships sank. May alone saw 40 losses.", "40", ["navy"]),
    ("The navy said 12 ships sank. About half of them, or 40, burned.", "40", ["navy"]),
    ("The navy said 12 ships sank. The mayor has 40.", "40", []),
    ("A poll by the Harbour Institute found that 53% of voters think it rains. Among sailors the share is 71%.", "71",
     ["Harbour Institute"]),
    ("Jan Holm said it rained.\n\nMoreover, 40 ships sank.", "40", []),
    ("Figures compiled by Reuters reveal a surge.\n\nIt rained for a whole week.\n\nSome 40 ships sank.", "40", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "names"), CONTINUED)
def test_a_source_goes_on_with_its_figures(text: str, words: str, names: list[str]) -> None:
    assert names_at(text, words) == names


QUOTED = [
    ("“It is cold,” Jan Holm said. “We stay.”", [("It is cold,", ["Jan Holm"]), ("We stay.", ["Jan Holm"])]),
    ("“Is it cold?” Jan Holm asked. “We stay here now.”",
     [("Is it cold?", ["Jan Holm"]), ("We stay here now.", ["Jan Holm"])]),
    ("Jan Holm said in May: “It is cold. We stay.”", [("It is cold. We stay.", ["Jan Holm"])]),
    ("Jan Holm said:\n\n“It is cold here, and we stay.”", [("It is cold here, and we stay.", ["Jan Holm"])]),
    ("“It is so very cold here.\n\n“So we stay,” Jan Holm said.",
     [("It is so very cold here.", ["Jan Holm"]), ("So we stay,", ["Jan Holm"])]),
    ("Jan Holm called the storm a “great test” for all.", [("great test", ["Jan Holm"])]),
    ("The “great test” is over.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quotations"), QUOTED)
def test_quotations_have_their_speaker(text: str, quotations: list[tuple[str, list[str]]]) -> None:
    assert direct_in(text) == quotations


def test_a_statement_knows_its_cue_and_its_identifier() -> None:
    document = read("Finland said that 40 ships sank.")
    start = len(LEAD)
    (statement,) = find_statements(document)
    assert (statement.start, statement.end) == (start + 18, start + 31)
    assert (statement.cue_start, statement.cue_end) == (start + 8, start + 12)
    assert statement.claimants[0].id == "finland"


def test_statements_are_sorted_by_their_spans() -> None:
    found = find_statements(
        read("“It is cold,” Jan Holm said. Officials said Finland says it rained. He added little.")
    )
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_no_statement_no_claimant() -> None:
    assert claimants_at(list[Statement](), 5) == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    "line", ["he said ", "“he said ", "Jan said that it, ", "He said “no” and so. ", "according to "]
)
def test_a_long_line_takes_time_in_proportion(line: str) -> None:
    document = read(line * 20_000)
    begun = time.perf_counter()
    find_statements(document)
    assert time.perf_counter() - begun < 20
