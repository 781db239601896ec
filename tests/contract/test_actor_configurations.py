"""Each actor's configuration names what the actor needs, all of it local, and nothing else."""

import tarfile
import tomllib

import pytest

from tests.contract.actors import ALL_ACTORS, imported_files
from tools.setup.checkout import ROOT


def configuration(script: str) -> dict:
    return tomllib.loads((ROOT / ALL_ACTORS[script]).read_text(encoding="utf-8"))


def listed_files(script: str) -> set[str]:
    return {source.removeprefix("./") for source in configuration(script)["files"]}


@pytest.mark.parametrize("script", ALL_ACTORS)
def test_every_file_that_an_actor_imports_is_in_its_configuration(script):
    assert imported_files(script) - listed_files(script) == set()


@pytest.mark.parametrize("script", ALL_ACTORS)
def test_every_file_in_a_configuration_is_imported(script):
    """A file that nobody imports would be fetched for nothing by every visitor."""
    assert listed_files(script) - imported_files(script) == set()


@pytest.mark.parametrize("script", ALL_ACTORS)
def test_every_file_in_a_configuration_exists_and_keeps_its_place(script):
    files = configuration(script)["files"]
    assert [source for source in files if not (ROOT / source).is_file()] == []
    assert {source.removeprefix("./"): place for source, place in files.items()} == {
        place: place for place in files.values()
    }


@pytest.mark.parametrize("script", ALL_ACTORS)
def test_every_actor_names_a_local_interpreter(script):
    """Without one PyScript asks a content delivery network."""
    interpreter = configuration(script)["interpreter"]
    assert interpreter.startswith(("./assets/vendor/", "./assets/js/"))
    assert (ROOT / interpreter).is_file()


@pytest.mark.parametrize("script", ALL_ACTORS)
def test_javascript_modules_of_an_actor_lie_beside_the_page(script):
    modules = configuration(script).get("js_modules", {})
    sources = [source for group in modules.values() for source in group]
    assert [source for source in sources if not (ROOT / source).is_file()] == []


def test_packages_lie_beside_the_interpreter():
    with tarfile.open(ROOT / "assets/vendor/pyodide/packages.tar.gz") as archive:
        names = set(archive.getnames())
    assert {"numpy/__init__.pyc", "PIL/Image.pyc"} <= names
    assert not [name for name in names if "/tests/" in name or name.endswith((".py", ".pyi"))]


@pytest.mark.parametrize("script", ALL_ACTORS)
def test_no_actor_names_packages(script):
    """Their installers would ask another origin."""
    assert "packages" not in configuration(script)
