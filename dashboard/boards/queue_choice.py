"""Which queues of which PBX a board is limited to (`Board.queue_ids`).

Checked in words when it is entered, and read with care all the same: what cannot be read shows nothing, never more.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _


def queue_choice_problems(choice: Any, *, pbxs: Collection[str]) -> list[str]:
    """What is wrong with the choice, a sentence each; `pbxs` are the PBXs there are. None, all queues, is right."""
    if choice is None:
        return []
    if not isinstance(choice, dict):
        return [_('Write queue IDs by PBX, such as {"main": ["4", "6"]}; leave it empty for all queues.')]
    problems = [_problem(slug, ids, pbxs) for slug, ids in choice.items()]
    if not any(problems) and not any(choice.values()):
        return [_("No queue is named, so the board would show nothing. Leave it empty for all queues.")]
    return [problem for problem in problems if problem]


def queue_choice(choice: Any, *, slug: str) -> tuple[str, ...] | None:
    """The chosen queues of one PBX; None for all of them. What is no list of IDs names none."""
    if choice is None:
        return None
    ids = choice.get(slug) if isinstance(choice, dict) else None
    return tuple(str(id_) for id_ in ids) if isinstance(ids, list) and _are_ids(ids) else ()


def queue_choice_plain(choice: dict[str, list[str | int]] | None) -> dict[str, list[str]] | None:
    """A right choice as it is kept: IDs are texts, though they were written as numbers."""
    return None if choice is None else {slug: [str(id_) for id_ in ids] for slug, ids in choice.items()}


def _problem(slug: str, ids: Any, pbxs: Collection[str]) -> str:
    if slug not in pbxs:
        values = {"slug": slug, "known": ", ".join(sorted(pbxs)) or "–"}
        return _("There is no PBX “%(slug)s”; there are: %(known)s.") % values
    if not _are_ids(ids):
        return _('The queues of “%(slug)s” must be IDs in square brackets, such as ["4", "6"].') % {
            "slug": slug
        }
    return ""


def _are_ids(ids: Any) -> bool:
    return isinstance(ids, list) and all(_is_id(id_) for id_ in ids)


def _is_id(id_: Any) -> bool:
    return (isinstance(id_, str) and id_.strip() != "") or (
        isinstance(id_, int) and not isinstance(id_, bool)
    )
