"""The one way to cancel."""

import pytest

from common.errors import Refusal
from ui.state.cancel_scope import CancelScope


def test_a_cancelled_run_refuses_every_further_step() -> None:
    scope = CancelScope("1.1")
    scope.check()
    scope.cancel()
    with pytest.raises(Refusal) as caught:
        scope.check()
    assert caught.value.code == "cancelled"


def test_what_waits_is_stopped_once_unless_it_has_ended_before() -> None:
    scope, stopped = CancelScope(), []
    over = scope.on_cancel(lambda: stopped.append("first"))
    scope.on_cancel(lambda: stopped.append("second"))
    over()
    scope.cancel()
    scope.cancel()
    assert stopped == ["second"]


def test_in_a_cancelled_run_nothing_waits() -> None:
    scope, stopped = CancelScope(), []
    scope.cancel()
    scope.on_cancel(lambda: stopped.append("at once"))()
    assert stopped == ["at once"]


def test_a_part_ends_with_its_run_but_not_the_run_with_its_part() -> None:
    scope = CancelScope("1.1")
    alone, _ = scope.child()
    alone.cancel()
    assert not scope.cancelled
    part, _ = scope.child()
    ended, over = scope.child()
    over()
    scope.cancel()
    assert (part.cancelled, ended.cancelled) == (True, False)
    assert part.key == "1.1"
