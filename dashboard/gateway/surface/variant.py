"""One action in one version, as the tables of actions list it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from dashboard.gateway.surface.asking import ApiError, Ask, Result

VERSION = re.compile(r"^([0-9]{1,4})\.([0-9]{1,4})$")


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One action in one version.

    All of `required` and at least one of `one_of` must be sent. If the parameter `held_by` is sent, the answer
    is held back until the field of that name differs from it.
    """

    action: str
    version: str
    answer: Callable[[Ask], Result]
    required: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    held_by: str | None = None

    @property
    def number(self) -> tuple[int, int]:
        """The version as something that can be compared."""
        return version_number(self.version)


def version_number(text: str) -> tuple[int, int]:
    """The version as a pair of numbers."""
    match = VERSION.match(text)
    if match is None:
        raise ApiError(f"Verze {text} neexistuje")
    return int(match[1]), int(match[2])
