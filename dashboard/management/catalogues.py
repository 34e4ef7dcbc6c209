"""Compiles the catalogues of translations, so that a fresh clone needs no tool of the system for it."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def catalogues_compile(*, source: Path, target: Path) -> list[Path]:
    """Compile `source/<language>/LC_MESSAGES/*.po` to the same places below `target`; the files that were written.

    Texts that are marked as doubtful are left out: the English ones stand in their place.
    """
    written = []
    for path in sorted(source.glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file)
        compiled = (target / path.relative_to(source)).with_suffix(".mo")
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with compiled.open("wb") as file:
            write_mo(file, catalogue)
        written.append(compiled)
    return written
