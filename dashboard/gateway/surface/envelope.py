"""The envelope around every answer, as JSON or as XML.

The documentation shows no XML, so this mapping is inferred: the same envelope, in which fields become elements, list
entries and keys that cannot be element names become `item` (the latter with the key as `id`), and null and empty lists
become empty elements.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from xml.etree import ElementTree

import msgspec

from dashboard.gateway.surface.asking import ABSENT, Result

JSON_TYPE = "application/json; charset=utf-8"
XML_TYPE = "application/xml; charset=utf-8"
LONGEST_ERROR = 300
ELEMENT_NAME = re.compile(r"^(?!xml)[A-Za-z_][A-Za-z0-9_.-]*$", re.IGNORECASE)
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"


class Format(StrEnum):
    """How an answer is written."""

    JSON = "json"
    XML = "xml"


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of an answer and its type; only files have another status or headers of their own."""

    content: bytes
    media_type: str = JSON_TYPE
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def success(result: Result, *, format_: Format = Format.JSON) -> Answer:
    """A successful answer; with `ABSENT` it has no key `result`, as several actions do."""
    envelope = {"status": 1, "error": None}
    return _written(envelope if result is ABSENT else {**envelope, "result": result}, format_)


def failure(error: str, *, format_: Format = Format.JSON) -> Answer:
    """A failed answer; the PBX gives no result and no code. What the caller sent may make the text long: it is cut."""
    text = error if len(error) <= LONGEST_ERROR else error[: LONGEST_ERROR - 1] + "…"
    return _written({"error": text, "status": 0}, format_)


def _written(envelope: dict[str, Any], format_: Format) -> Answer:
    content = msgspec.json.encode(envelope)
    if format_ is Format.JSON:
        return Answer(content)
    # Results hold ready-made JSON here and there: reading the text back gives plain values throughout.
    root = _element("response", msgspec.json.decode(content))
    return Answer(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True), XML_TYPE)


def _element(name: str, value: Any) -> ElementTree.Element:
    is_name = ELEMENT_NAME.match(name) is not None
    element = ElementTree.Element(name if is_name else "item", {} if is_name else {"id": _printable(name)})
    if isinstance(value, dict):
        element.extend(_element(key, inner) for key, inner in value.items())
    elif isinstance(value, list):
        element.extend(_element("item", inner) for inner in value)
    elif value is not None:
        element.text = _text(value)
    return element


def _text(value: str | float | bool) -> str:  # noqa: FBT001 - the value is the subject
    if isinstance(value, bool):
        return "true" if value else "false"
    return _printable(str(value))


def _printable(text: str) -> str:
    """Control characters cannot be written in XML, not even escaped; line ends and tabs survive as they are."""
    return NOT_IN_XML.sub(REPLACEMENT, text)
