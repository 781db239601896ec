"""The README's tables of formats are those of the records."""

import pytest

from tools.pages.format_tables import README, files_in, with_tables


def test_the_readme_tells_what_the_records_say():
    text = README.read_text("utf-8")
    assert with_tables(text) == text


def test_a_readme_without_its_tables_is_noticed():
    with pytest.raises(ValueError, match="no table of files in"):
        with_tables("nothing")


def test_what_nobody_reads_stands_there_with_its_sentence():
    assert "| SVG | .svg | the browser. To convert and resize" in files_in()
