import pytest

from tests.dataset.reading import read_fact, read_quantities

# text, exact, identifier, name
CASES = [
    ("Russian troops lost 40 tanks.", "40", "russian-armed-forces", "Russian armed forces"),
    ("Ukrainian scouts captured dozens of Russian soldiers.", "dozens", "russian-armed-forces", "Russian armed forces"),
    ("Casualties of Russia in Ukraine surpass 600,000.", "600,000", "russian-armed-forces", "Russian armed forces"),
    ("Finland will raise its defence spending to 3% of GDP.", "3%", "finland", "Finland"),
    ("Ukraine mourns. The storm killed 14 villagers.", "14", None, "villagers"),
    ("Poland is arming. Last year 50,000 volunteers signed contracts.", "50,000", "poland", "Poland"),
    ("Last year 50,000 volunteers signed contracts.\n\nPoland is arming.", "50,000", None, "volunteers"),
    ("Last year 50,000 volunteers signed contracts. Poland is arming.", "50,000", "poland", "Poland"),
    ("The army signed up 900 volunteers, the Polish ministry said.\n\nFinland is arming.", "900", "poland", "Poland"),
    ("Finland is arming. It signed up 900 volunteers, the Polish ministry said.", "900", "finland", "Finland"),
    ("The army lost 40 tanks, the Polish ministry said.", "40", None, "tanks"),
    ("Ukraine mourns. Russia’s army lost 40 tanks.", "40", "russian-armed-forces", "Russian armed forces"),
    ("Poland has sent aid. After Russia's invasion 900 volunteers signed up.", "900", "poland", "Poland"),
    ("Russian drones came. Ukraine's air defences saw 40 drones launched.", "40", "russia", "Russia"),
    ("Rovers were down to 10 men when the Polish striker was sent off.", "10", None, "men"),
    ("The Polish brigade sent 10 men to the border.", "10", "polish-armed-forces", "Polish armed forces"),
    ("The choir sang 12 songs.", "12", None, "songs"),
]


@pytest.mark.parametrize(("text", "exact", "identifier", "name"), CASES)
def test_subject(text: str, exact: str, identifier: str | None, name: str) -> None:
    subject = read_fact(text, exact).subject
    assert subject is not None
    assert (subject.id, subject.name) == (identifier, name)


def test_no_subject_where_nothing_tells() -> None:
    assert read_fact("It cost $5.", "$5").subject is None


def test_a_subject_from_the_sentences_before_is_marked_as_inferred() -> None:
    text = "Poland is arming. Last year 50,000 volunteers signed contracts. Poland trained 300 soldiers."
    inferred = {fact.exact: fact.subject.inferred for fact in read_quantities(text) if fact.subject}
    assert inferred == {"50,000": True, "300": False}
