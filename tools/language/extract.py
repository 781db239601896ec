"""Bring all catalogues up to the sources: ``python -m tools.language.extract``.

Every sentence of the sources gets a place in every catalogue, what nobody says any more goes, and
what is derived from the catalogues is written anew: the list of languages in ``language.js`` and
the installed app's words in its manifest. What is still to be translated is counted.
"""

import json
import re

from tools.language import app_manifest, catalogues
from tools.language.sentences import MANIFEST, all_sentences
from tools.setup.cache import write_atomically
from tools.setup.checkout import ROOT
from tools.setup.progress import make_console

SCRIPT = ROOT / "assets/js/language.js"
LIST = re.compile(r"^const LANGUAGES = \[.*?\];$", re.MULTILINE | re.DOTALL)


def main() -> None:
    """Write catalogues and what follows from them."""
    console = make_console()
    sentences = all_sentences(ROOT)
    console.print(f"{len(sentences)} sentences in the sources.")
    for file in catalogues.catalogue_files(ROOT):
        catalogue = catalogues.updated(catalogues.read(file), sentences)
        catalogues.write(file, catalogue)
        waiting = catalogues.untranslated(catalogue)
        console.print(f"{file.name}: {len(waiting)} to translate.")
        for fault in catalogues.faults(catalogue, sentences):
            console.print(f"{file.name}: {fault}", markup=False)
    manifest = app_manifest.translated(app_manifest.read(ROOT), every_catalogue())
    write_atomically(ROOT / MANIFEST, app_manifest.text_of(manifest).encode())
    text = SCRIPT.read_text("utf-8")
    write_atomically(SCRIPT, LIST.sub(lambda _: language_list(), text, count=1).encode())


def every_catalogue() -> list[catalogues.Catalogue]:
    """Return all catalogues."""
    return [catalogues.read(file) for file in catalogues.catalogue_files(ROOT)]


def language_list() -> str:
    """Return the statement of ``language.js`` that names the languages."""
    lines = []
    for head in every_catalogue():
        members = ", ".join(
            f"{name}: {json.dumps(head[key], ensure_ascii=False)}"
            for name, key in (
                ("tag", "language"),
                ("name", "name"),
                ("direction", "direction"),
                ("checked", "checked"),
            )
        )
        lines.append(f"  {{ {members} }},\n")
    return "const LANGUAGES = [" + ("\n" if lines else "") + "".join(lines) + "];"


if __name__ == "__main__":
    main()
