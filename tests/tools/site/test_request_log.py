import pytest

from tools.setup.visible import visible
from tools.site.request_log import RequestRecord, format_record


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/\x1b[2Kclean", "/\\x1b[2Kclean"),
        ("/\x1b]0;title\x07", "/\\x1b]0;title\\x07"),
        ("/\x9b31mred", "/\\x9b31mred"),
        ("/line\rover", "/line\\rover"),
        ("/[red]markup[/red]", "/[red]markup[/red]"),
    ],
)
def test_control_codes_in_an_address_reach_the_terminal_escaped(path, shown):
    record = RequestRecord("GET", path, "q=\x1b[0m", 0, 404, 10, "", 1.0)
    assert format_record(record).plain.endswith(f"{shown}?q=\\x1b[0m")


def test_what_can_be_printed_stays_as_it_is():
    assert visible("/fotos/größe 日本.png") == "/fotos/größe 日本.png"
