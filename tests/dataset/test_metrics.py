import shutil
from pathlib import Path

import pytest

from dataset.errors import VocabularyError
from dataset.metric_tables import read_metrics
from dataset.tables import FOLDER
from tests.dataset.reading import read_fact

# sentence, exact, metric
CASES = [
    ("The storm killed 14 people in the valley.", "14", "killed"),
    ("A bus fell into the gorge, killing nine and injuring 22 others.", "nine", "killed"),
    ("A bus fell into the gorge, killing nine and injuring 22 others.", "22", "wounded"),
    ("The death toll stands at 310.", "310", "killed"),
    ("Some 4,000 soldiers were killed or wounded in the spring.", "4,000", "casualties"),
    ("The brigade suffered 900 casualties.", "900", "casualties"),
    ("The army has lost about 30,000 men this year.", "30,000", "personnel-losses"),
    ("The unit's 1,200 killed, wounded and captured were replaced.", "1,200", "personnel-losses"),
    ("Scouts captured dozens of enemy soldiers.", "dozens", "captured"),
    ("At least 45 people are missing after the landslide.", "45", "missing"),
    ("Around 6,000 soldiers have deserted since spring.", "6,000", "deserted"),
    (
        "A court in Dalby tried 80 men, of whom 12 were convicted of abandonment.",
        "12",
        "convictions-unauthorised-abandonment",
    ),
    ("Wagner recruited 40,000 convicts from its prisons.", "40,000", "convicts-recruited"),
    ("The decree calls up 120,000 conscripts this spring.", "120,000", "conscripts-called-up"),
    ("The king mobilised 300,000 reservists.", "300,000", "reservists-mobilised"),
    ("The ministry plans to mobilise another 100,000 men.", "100,000", "mobilisation-planned"),
    ("Last year 50,000 volunteers signed contracts.", "50,000", "volunteers-enlisted"),
    ("The alliance has deployed 8,000 troops on the border.", "8,000", "troops-deployed"),
    ("Britain has trained 20,000 soldiers since May.", "20,000", "troops-trained"),
    ("The fighting displaced 2.5 million people.", "2.5 million", "displaced"),
    ("Police detained 150 protesters.", "150", "detained"),
    ("The strike left 70,000 people without power.", "70,000", "people-without-power"),
    ("The division lost 14 tanks in a week.", "14", "equipment-losses"),
    ("Norway will send 12 howitzers.", "12", "equipment-supplied"),
    ("The enemy fired 60 drones overnight.", "60", "munitions-fired"),
    ("Air defences shot down 48 drones.", "48", "munitions-intercepted"),
    ("Air defences shot down 21 of the 28 missiles.", "21", "munitions-intercepted"),
    ("Air defences shot down 21 of the 28 missiles.", "28", "munitions-fired"),
    ("Parliament approved $3 billion in military aid.", "$3 billion", "aid-amount"),
    ("Defence spending will rise to 2.5% of GDP.", "2.5%", "defence-spending"),
    ("Its troops captured three villages in June.", "three", "territory"),
    ("Men aged 18 to 27 are liable to conscription.", "18 to 27", "conscription-age"),
    ("The mayor, Ida Holm, 48, resigned.", "48", "age"),
    ("Recruits serve 18 months.", "18 months", "service-length"),
    ("The army offers contracts of two years.", "two years", "service-length"),
    ("The striker has two years left on his contract.", "two years", None),
    ("The mayor served four years.", "four years", None),
    ("He was sentenced to six years in prison.", "six years", "sentence-length"),
    ("Recruits get a signing bonus of $5,000.", "$5,000", "recruitment-bonus"),
    ("It has a 1,300 km border with its neighbour.", "1,300 km", "border-length"),
    ("The camp lies 30km from the front.", "30km", "distance"),
    ("Oil sold for a price of $80 a barrel.", "$80", "price"),
    ("The storm killed 34 people and forced more than 900 from their homes.", "34", "killed"),
    ("The storm killed 34 people and forced more than 900 from their homes.", "900", "displaced"),
    ("The flood killed 34 people and swept another 12 out to sea.", "12", None),
    ("The flood killed 34 people in Norby and 12 in Dalby.", "12", "killed"),
    ("The war killed 12 people and displaced 50.", "12", "killed"),
    ("The war killed 12 people and displaced 50.", "50", "displaced"),
    ("Many bakers work from their homes, and 34 people take part.", "34", None),
    ("The choir sang 12 songs.", "12", None),
    ("A mother of four was among the 30 killed.", "four", None),
    ("A mother of four was among the 30 killed.", "30", "killed"),
    ("A father of three small children died in the fire.", "three", None),
    ("The parents of 12 children killed in the fire met.", "12", "killed"),
]


@pytest.mark.parametrize(("text", "exact", "metric"), CASES)
def test_metric(text: str, exact: str, metric: str | None) -> None:
    assert read_fact(text, exact).metric == metric


def test_a_list_goes_on_with_the_metric_of_its_head() -> None:
    text = "The army lost 85 flying systems; 57 artillery guns; 21 things; and 3 pieces of other equipment."
    assert {read_fact(text, exact).metric for exact in ("85", "57", "21", "3")} == {"equipment-losses"}


def test_a_sentence_that_points_back_goes_on_with_the_metric_before() -> None:
    text = "The war displaced 2 million people. That rose to over 3 million people in May."
    assert read_fact(text, "3 million").metric == "displaced"


def test_a_new_count_is_not_the_old_metric() -> None:
    text = "At least 190 people were killed, and the number of hungry people rose to 3,000."
    assert read_fact(text, "3,000").metric is None


def test_a_cue_for_an_unknown_metric_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "vocabulary"
    shutil.copytree(FOLDER, folder)
    with (folder / "metric_cues.csv").open("a", encoding="utf-8") as handle:
        handle.write("happiness,person,,both,5,,happy\n")
    with pytest.raises(VocabularyError, match="unknown metric 'happiness'"):
        read_metrics(folder)
