"""Translations: nothing of a text gets lost on the way into a language, and no text escapes the collector."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.utils.translation import override

from dashboard.reports.answer import share_text
from dashboard.templatetags.figures import share, whole_share

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((ROOT / "dashboard/locale").glob("*/LC_MESSAGES/*.po"))
HOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|</?\w+>|\{\w*\}")
RENAMED = re.compile(r"\bn?p?gettext(?:_lazy|_noop)? as (?!_\b)\w+")


def _holders(text: str) -> list[str]:
    return sorted(HOLDER.findall(text))


def _strays(message: Message) -> bool:
    """Whether a form of the translation has other placeholders or tags than each form of the original."""
    originals = message.id if isinstance(message.id, tuple | list) else [message.id]
    forms = message.string if isinstance(message.string, tuple | list) else [message.string]
    allowed = [_holders(text) for text in originals]
    return any(form and _holders(form) not in allowed for form in forms)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_translations_keep_the_placeholders_and_tags_of_the_text(path: Path) -> None:
    with path.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    assert messages
    assert [message.id for message in messages if _strays(message)] == []


def test_gettext_has_no_name_under_which_its_texts_are_not_collected() -> None:
    renamed = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "dashboard").rglob("*.py"))
        if RENAMED.search(path.read_text(encoding="utf-8"))
    ]
    assert renamed == []


def test_shares_have_the_decimal_sign_of_the_language() -> None:
    with override("en"):
        assert [share(0.7292), share_text(0.7292), whole_share(0.855)] == [
            "72.9\u202f%",
            "72.9\u202f%",
            "85.5\u202f%",
        ]
    with override("cs"):
        assert [share(0.7292), share_text(0.7292), whole_share(0.855)] == [
            "72,9\u202f%",
            "72,9\u202f%",
            "85,5\u202f%",
        ]
