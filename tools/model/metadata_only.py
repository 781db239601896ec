"""Stands in for setuptools while pip downloads a source archive, so that none of its code runs.

pip asks the build backend of every source archive for its metadata, even when it is only to
download it (PEP 517), and setuptools answers by running the archive's ``setup.py``. This backend
answers with the name and version that were asked for and looks at nothing.
:mod:`tools.model.archive` puts a copy of it where pip finds it as ``setuptools.build_meta``.
"""

import os
from pathlib import Path

REQUIREMENT = "HOMECUT_SOURCE_ARCHIVE"
"""Environment variable with ``name==version`` of the archive."""


def get_requires_for_build_wheel(_settings: object = None) -> list[str]:
    """Return that nothing is needed."""
    return []


def prepare_metadata_for_build_wheel(folder: str, _settings: object = None) -> str:
    """Write the least that counts as metadata into ``folder``; return its folder's name."""
    name, version = os.environ[REQUIREMENT].split("==")
    place = Path(folder) / f"{name}-{version}.dist-info"
    place.mkdir()
    text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (place / "METADATA").write_text(text, encoding="utf-8")
    return place.name
