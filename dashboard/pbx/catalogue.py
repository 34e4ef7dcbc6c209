"""All documented actions by name, for whoever calls one by hand: versions, parameters, whether it changes anything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from importlib.resources import files
from typing import Any, Final

import msgspec

from dashboard.pbx.request import Effect, Host, Params, Request
from dashboard.pbx.shapes import Shape, anything

FORBIDDEN: Final = frozenset({"access_token"})
SECRETS: Final = frozenset({"password", "access_token"})


class UnknownAction(ValueError):
    """No such action, or no such version of it; the text names what is near."""


class WrongParameters(ValueError):
    """A parameter is missing, unknown, or one too many; the text says which."""


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """One action in one required version. `one_of`: of each group one parameter has to be given."""

    action: str
    version: str
    effect: Effect
    host: Host
    title: str
    required: list[str]
    one_of: list[list[str]]
    optional: list[str]
    id_in_path: bool

    @property
    def parameters(self) -> list[str]:
        return [*self.required, *(name for group in self.one_of for name in group), *self.optional]


VARIANTS: Final[list[Variant]] = msgspec.json.decode(
    files("dashboard.pbx").joinpath("catalogue.json").read_bytes(), type=list[Variant]
)


def variant(action: str, *, version: str | None = None) -> Variant:
    """The variant of that version; without one, the newest. Names are compared without regard to case."""
    found = [row for row in VARIANTS if row.action.lower() == action.lower()]
    if not found:
        near = get_close_matches(action, {row.action for row in VARIANTS}, n=3, cutoff=0.5)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise UnknownAction(f"{action} is not a documented action.{hint}")
    if version is None:
        return max(found, key=lambda row: [int(part) for part in row.version.split(".")])
    exact = [row for row in found if row.version == version]
    if not exact:
        known = " and ".join(row.version for row in found)
        raise UnknownAction(f"{found[0].action} is documented in version {known}, not {version}.")
    return exact[0]


def request_by_hand(row: Variant, params: Params, *, deadline_s: float | None = None) -> Request[Any]:
    """A request whose answer is decoded as it comes. Array and map parameters carry their brackets: `queues[0]`."""
    _parameters_check(row, [name for name, _ in params])
    record = next((value for name, value in params if name == "id"), None) if row.id_in_path else None
    return Request(
        action=row.action,
        version=row.version,
        shape=_ANYTHING,
        effect=row.effect,
        host=row.host,
        id=record,
        params=tuple((name, value) for name, value in params if not (row.id_in_path and name == "id")),
        deadline_s=deadline_s,
    )


def _parameters_check(row: Variant, given: Iterable[str]) -> None:
    names = {re.sub(r"\[.*", "", name) for name in given}
    if FORBIDDEN & names:
        raise WrongParameters("The access token comes from the settings of the PBX; it is not a parameter.")
    missing = [name for name in row.required if name not in names]
    if missing:
        raise WrongParameters(f"{row.action} needs {', '.join(missing)}.")
    for group in row.one_of:
        count = len(names & set(group))
        if count != 1:
            raise WrongParameters(
                f"{row.action} needs {'exactly ' if count else ''}one of {', '.join(group)}."
            )
    unknown = sorted(names - set(row.parameters))
    if unknown:
        known = ", ".join(row.parameters) or "no parameters"
        raise WrongParameters(f"{row.action} does not know {', '.join(unknown)}; it has {known}.")


def without_secrets(value: Any) -> Any:
    """The value without passwords and tokens, however deep they are."""
    if isinstance(value, dict):
        return {name: without_secrets(inner) for name, inner in value.items() if name.lower() not in SECRETS}
    return [without_secrets(inner) for inner in value] if isinstance(value, list) else value


_ANYTHING: Final[Shape[Any]] = anything(Any)
