"""The answers as XML: the same envelope, always well-formed. The document shows no XML; the mapping is our own."""

import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

from dashboard.gateway.surface.envelope import Format, failure, success


def read(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)  # noqa: S314 - our own answer


def plain(element: ElementTree.Element) -> Any:
    """What the XML says: texts, lists of items and maps; an empty element is None."""
    inner = list(element)
    if not inner:
        return element.text
    if all(child.tag == "item" and not child.attrib for child in inner):
        return [plain(child) for child in inner]
    return {child.get("id", child.tag): plain(child) for child in inner}


def as_text(value: Any) -> Any:
    """The same value as XML can tell it: every scalar a text, nothing and emptiness the same."""
    if isinstance(value, dict):
        return {key: as_text(inner) for key, inner in value.items()} or None
    if isinstance(value, list):
        return [as_text(inner) for inner in value] or None
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value in {None, ""} else str(value).replace("\r\n", "\n")


@pytest.mark.parametrize(
    "path",
    [
        "3.0/GetQueues",
        "3.0/GetQueues/4",
        "3.0/GetUsers",
        "3.3/GetPauses",
        "3.0/DeviceStates",
        "3.5/RTStatsQueues",
        "3.5/RTStatsSessions",
        "3.5/RTStatsCalls",
        "3.5/RTStatsQueuesSummary",
        "4.1/RTUsersState",
        "4.0/GetUser",
        "4.1/GetRecords",
        "3.8/ExportData?queue=3506",
        "3.8/GetStatuses",
        "3.1/GetSMSSettings",
        "4.1/GetSMSConnect",
        "3.8/CreateEvent?event=Custom_X&params[a b]=%3C%26%3E&params[foo][bar]=x",
        "3.3/CopyRecords?id=4&dst_queue=3506",
    ],
)
def test_xml_says_the_same_as_json(client: httpx.Client, path: str) -> None:
    action, _, query = path.partition("?")
    response = client.get(f"/api/{action}/xml?{query}")
    assert response.headers["content-type"] == "application/xml; charset=utf-8"
    assert response.text.startswith("<?xml")
    root = read(response.content)
    assert root.tag == "response"
    assert plain(root) == as_text(client.get(f"/api/{action}/json?{query}").json())


def test_ids_are_attributes_and_entries_of_lists_are_items() -> None:
    result = {"4": {"queues": ["1", "2"], "is_open": True, "pause": None, "none": []}, "1319.20": 7}
    root = read(success(result, format_=Format.XML).content)
    assert ElementTree.tostring(root, encoding="unicode") == (
        "<response><status>1</status><error /><result>"
        '<item id="4"><queues><item>1</item><item>2</item></queues><is_open>true</is_open><pause /><none /></item>'
        '<item id="1319.20">7</item></result></response>'
    )


@pytest.mark.parametrize("text", ["<b>&amp;</b> \"'", "žluťoučký 🐎", "]]>", "a\nb\tc", " blanks ", "&#0;"])
def test_texts_come_back_as_they_were(text: str) -> None:
    root = read(success({"text": text, text: "key"}, format_=Format.XML).content)
    assert root.findtext("result/text") == text
    assert [item.get("id") for item in root.findall("result/item")] == [text]


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    root = read(success({"text": "a\x00b\x1fc\ufffe", "k\x08": 1}, format_=Format.XML).content)
    assert root.findtext("result/text") == "a\ufffdb\ufffdc\ufffd"
    assert root.find("result/item").attrib == {"id": "k\ufffd"}  # type: ignore[union-attr]


def test_errors_are_xml_as_well(client: httpx.Client, pbx: Any) -> None:
    root = read(client.get("/api/3.0/GetQueues/999/xml").content)
    assert [child.tag for child in root] == ["error", "status"]
    assert (root.findtext("error"), root.findtext("status")) == ("Fronta neexistuje", "0")
    stranger = httpx.get(f"{pbx.url}/api/4.0/GetUser/xml")
    assert read(stranger.content).findtext("error") == "Uživatel neexistuje"


def test_long_errors_are_cut(ask: Callable[..., Any]) -> None:
    error = json.loads(failure("x" * 100_000).content)["error"]
    assert len(error) == 300
    assert error.endswith("…")
