"""A constant is judged on photos that it was not chosen on."""

import numpy as np
import pytest

from core.matte import ensemble
from tools.accuracy.cross_validation import Constant, constants, set_to, table_of, verdict_of


def made_up(*others):
    return Constant("made up", 1, others, lambda _value: None)


def test_a_value_that_is_better_on_every_photo_is_chosen_and_gains_what_it_is_better_by():
    random = np.random.default_rng(1)
    present = random.random((40, 2)) / 4
    better = present + np.array([0.02, -0.01])
    verdict = verdict_of(made_up(2), {"1": present, "2": better})
    assert verdict.chosen == ("2", 1.0)
    assert verdict.gains == pytest.approx([0.02, -0.01])
    assert verdict.spread == pytest.approx([0, 0])
    assert table_of([verdict]).row_count == 2


def test_many_values_that_differ_by_chance_only_gain_nothing():
    random = np.random.default_rng(2)
    figures = {str(value): random.normal(0.8, 0.1, (40, 2)) for value in range(10)}
    verdict = verdict_of(made_up(), figures)
    assert abs(verdict.gains[0]) < 0.03
    assert verdict.spread[0] > verdict.gains[0] / 2


def test_each_constant_exists_and_is_put_back_whatever_happens():
    for constant in constants():
        assert constant.present not in constant.others
    disagreement = next(c for c in constants() if c.name.endswith("DISAGREEMENT"))
    before = ensemble.DISAGREEMENT
    with pytest.raises(ValueError, match="stopped"), set_to(disagreement, 0.9):
        raise ValueError(f"stopped at {ensemble.DISAGREEMENT}")
    assert before == ensemble.DISAGREEMENT
