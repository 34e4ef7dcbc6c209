"""What a view shows, kept row by row, is what filtering everything would give."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.diff import delta_apply, plain_diff
from dashboard.domain.privacy import View
from dashboard.domain.projection import Projection, state_filtered
from tests.domain.strategies import states, views


@settings(max_examples=400)
@given(chain=st.lists(states, min_size=2, max_size=5), view=views)
def test_advancing_equals_diff_of_filtered_states(chain: list[dict], view: View) -> None:
    projection = Projection(view, chain[0])
    for old, new in itertools.pairwise(chain):
        sent = projection.advance(new, plain_diff(old, new))
        assert sent == plain_diff(state_filtered(old, view=view), state_filtered(new, view=view))
        assert projection.shown == state_filtered(new, view=view)


@given(chain=st.lists(states, min_size=2, max_size=5), view=views)
def test_browser_that_applies_the_deltas_ends_equal_to_the_view(chain: list[dict], view: View) -> None:
    projection = Projection(view, chain[0])
    browser = projection.shown
    for old, new in itertools.pairwise(chain):
        browser = delta_apply(browser, projection.advance(new, plain_diff(old, new)))
    assert browser == state_filtered(chain[-1], view=view)


@given(old=states, new=states, view=views)
def test_replacing_the_state_gives_the_difference(old: dict, new: dict, view: View) -> None:
    projection = Projection(view, old)
    before = projection.shown
    assert delta_apply(before, projection.replace(new)) == state_filtered(new, view=view)
