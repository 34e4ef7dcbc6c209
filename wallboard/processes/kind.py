"""Whether a data folder belongs to a demo or to a real site: one must never be started as the other."""

from __future__ import annotations

from pathlib import Path
from typing import Final

MARK: Final = "kind"
DATABASE: Final = "wallboard.sqlite3"


def kind_conflict(kind: str, data: Path, *, is_demos_own: bool) -> str | None:
    """Why `kind` (demo or run) may not use this folder, in a sentence; None if it may, and then the folder is marked.

    A database without a mark is older than marks; it counts as a real site's unless it is in the demo's own folder. Raises
    `OSError` if the folder cannot be used.
    """
    mark = data / MARK
    if mark.exists():
        found = mark.read_text(encoding="utf-8").strip()
    elif (data / DATABASE).exists():
        found = "demo" if is_demos_own else "run"
    else:
        found = kind
    if found == kind:
        mark.write_text(f"{kind}\n", encoding="utf-8")
        return None
    if kind == "demo":
        return (
            f"WALLBOARD_DATA: {data} holds the data of a real wallboard, in which a demo would make logins with well-known "
            "passwords. Choose another folder for the demo, or none."
        )
    return (
        f"WALLBOARD_DATA: {data} holds the data of a demo, whose logins have well-known passwords. "
        "Choose another folder, or none."
    )
