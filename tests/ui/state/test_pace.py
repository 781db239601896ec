from ui.state.pace import FIRST_PATIENCE, LEAST_PATIENCE, SLOWEST, Pace


def test_before_the_first_pass_there_is_much_patience():
    assert Pace().patience(768) == FIRST_PATIENCE
    assert Pace().expected(768) == 0


def test_patience_follows_the_pace_and_the_size():
    pace = Pace()
    pace.learn(256, 0.5)
    assert abs(pace.expected(512) - 2) < 1e-9
    assert pace.patience(256) == LEAST_PATIENCE
    assert pace.patience(1024) == SLOWEST * pace.expected(1024)
    pace.learn(256, 100)
    assert pace.patience(1024) == FIRST_PATIENCE


def test_one_quick_pass_does_not_make_it_impatient():
    pace = Pace()
    pace.learn(256, 4)
    pace.learn(256, 0.1)
    assert pace.expected(256) == 2
