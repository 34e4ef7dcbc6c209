"""Request parameters written the way PHP reads them."""

import re
from collections.abc import Iterable

BRACKETS = re.compile(r"^([^\[]+)\[(.*)\]$")


class Parameters:
    """Names and values; `queues[]=1&queues[]=2` is the list `queues`, and a later single value replaces it."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._single: dict[str, str] = {}
        self._lists: dict[str, dict[str, str]] = {}
        for name, value in pairs:
            self._add(name, value)

    def get(self, name: str) -> str | None:
        """The single value; None if there is none."""
        return self._single.get(name)

    def has(self, name: str) -> bool:
        """Whether the parameter was sent with a value that is not empty."""
        return bool(self._single.get(name)) or name in self._lists

    def values(self, name: str) -> list[str]:
        """The values of a list; a single value counts as a list of one."""
        if name in self._lists:
            return list(self._lists[name].values())
        return [self._single[name]] if name in self._single else []

    def items(self, name: str) -> dict[str, str]:
        """A map such as `fields[3]=42`; the key of a nested one, `params[foo][bar]=x`, is `foo][bar`."""
        return dict(self._lists.get(name, {}))

    def _add(self, name: str, value: str) -> None:
        match = BRACKETS.match(name)
        if match is None:
            self._lists.pop(name, None)
            self._single[name] = value
            return
        base, key = match.groups()
        self._single.pop(base, None)
        items = self._lists.setdefault(base, {})
        items[key or str(len(items))] = value
