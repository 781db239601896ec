"""Bring all catalogues up to the sources: ``python -m tools.language.extract``.

Every sentence of the sources gets a place in every catalogue, what nobody says any more goes, and
what is derived from the catalogues' heads is written anew. What is still to be translated is
counted.
"""

import json
import re

from tools.language import catalogues
from tools.language.sentences import all_sentences
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
    text = SCRIPT.read_text("utf-8")
    write_atomically(SCRIPT, LIST.sub(lambda _: language_list(), text, count=1).encode())


def language_list() -> str:
    """Return the statement of ``language.js`` that names the languages."""
    lines = []
    for file in catalogues.catalogue_files(ROOT):
        head = catalogues.read(file)
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
