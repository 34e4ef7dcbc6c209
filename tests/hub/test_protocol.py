"""What a browser may send, and what is refused in a sentence rather than with the socket's end."""

from __future__ import annotations

import pytest

from dashboard.hub.protocol import INBOUND_LIMIT_BYTES, ProtocolError, Report, inbound_decode

REPORT = '{"t": "report", "width": 1920, "height": 1080, "error": "%s"}'


@pytest.mark.parametrize("kind", [str, str.encode], ids=["text", "bytes"])
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[" * 2000, "nested too deeply"),
        ('{"t": "hello", "v": 1, "streams": ' + '{"a":' * 2000 + "1" + "}" * 2001, "nested too deeply"),
        (REPORT % "\\u0000", "U\\+0000"),
        (REPORT % "\0", "not JSON"),
        ("x" * (INBOUND_LIMIT_BYTES + 1), "too long"),
        ('{"t": "ack", "stream": 7, "seq": 1}', "wrong shape"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(kind, text: str, why: str) -> None:
    with pytest.raises(ProtocolError, match=why):
        inbound_decode(kind(text))


def test_half_a_character_is_refused_in_words() -> None:
    with pytest.raises(ProtocolError):
        inbound_decode(REPORT % "\ud800")
    with pytest.raises(ProtocolError):
        inbound_decode(b"\xff")


def test_a_report_is_read_and_kinds_of_later_versions_are_passed_over() -> None:
    assert inbound_decode(REPORT % "\\\\u0000") == Report(width=1920, height=1080, error="\\u0000")
    assert inbound_decode('{"t": "later"}') is None
