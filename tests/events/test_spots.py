"""Which of many spans lie at a spot."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mapper.events.spots import Spots
from mapper.model import Span

SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: Span(start=pair[0], end=sum(pair))), max_size=30
)


@given(SPANS, st.integers(0, 90), st.integers(1, 30))
def test_all_that_share_a_character_and_no_others(spans: list[Span], start: int, length: int) -> None:
    end = start + length
    assert Spots(spans).touching(start, end) == [
        i for i, span in enumerate(spans) if span.start < end and start < span.end
    ]
