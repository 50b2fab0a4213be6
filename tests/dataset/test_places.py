from hypothesis import given
from hypothesis import strategies as st

from dataset.places import Places


@given(st.text(alphabet="ab\r\n", max_size=30))
def test_every_offset_of_any_text(text: str) -> None:
    places = Places(text)
    for offset in range(len(text) + 1):
        assert places.line(offset) == text.count("\n", 0, offset) + 1
        before = offset - text.count("\r\n", 0, offset)
        assert places.fragment(0, offset) == f"char=0,{before}"
