"""Recordings: whole, in parts, and refused."""

import io
import wave

import httpx
import pytest

from dashboard.gateway.faults import Fault, FaultKind
from dashboard.gateway.server import PbxServer
from dashboard.gateway.surface.history.recordings import LONGEST_S
from dashboard.gateway.surface.history.wave import Wave
from tests.gateway.history_requests import Ask, Row, every_row, everything

URL = "/api/3.0/GetRecording/json"


@pytest.fixture
def answered(pbx: PbxServer, ask: Ask) -> list[Row]:
    return every_row(ask, "4.1/StatsCalls", **everything(pbx), answered="true")


def own_hash(ask: Ask, call: Row) -> str:
    rows = ask("3.0/AboutCall", id_call=call["name"])
    return next(str(row["recording_hash"]) for row in rows if row["uniqueid"] == call["name"])


def test_a_recording_is_a_sound_as_long_as_the_talk(
    client: httpx.Client, ask: Ask, answered: list[Row]
) -> None:
    for call in answered[:5]:
        recording_hash = own_hash(ask, call)
        assert recording_hash.endswith(call["name"])
        response = client.get(URL, params={"recording_hash": recording_hash})
        assert response.status_code == 200
        assert response.headers["content-type"] == "audio/x-wav"
        assert response.headers["accept-ranges"] == "bytes"
        assert int(response.headers["content-length"]) == len(response.content)
        with wave.open(io.BytesIO(response.content)) as sound:
            assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 8000)
            assert sound.getnframes() == int(call["duration"]) * 8000
            loudest = max(abs(sample) for sample in memoryview(sound.readframes(8000)).cast("h"))
            assert 1000 < loudest < 20_000


def test_the_same_recording_always_sounds_the_same_and_another_does_not(
    client: httpx.Client, ask: Ask, answered: list[Row]
) -> None:
    long = [call for call in answered if int(call["duration"]) > 60][:2]
    first, other = (own_hash(ask, call) for call in long)
    heard = [client.get(URL, params={"recording_hash": name}).content for name in (first, first, other)]
    assert heard[0] == heard[1]
    assert heard[0][44:900_000] != heard[2][44:900_000]


@pytest.mark.parametrize(
    ("wanted", "first", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=10-", 10, None),
        ("bytes=-500", -500, None),
        ("bytes=40-16100", 40, 16_101),
        ("bytes=16000-99999999", 16_000, None),
        ("bytes=-99999999", 0, None),
    ],
)
def test_a_download_can_be_resumed_anywhere(
    client: httpx.Client, ask: Ask, answered: list[Row], wanted: str, first: int, end: int | None
) -> None:
    query = {"recording_hash": own_hash(ask, answered[0])}
    whole = client.get(URL, params=query).content
    part = client.get(URL, params=query, headers={"Range": wanted})
    expected = whole[first:end]
    assert part.status_code == 206
    assert part.content == expected
    start = whole.index(expected) if first == 0 else len(whole[:first])
    assert part.headers["content-range"] == f"bytes {start}-{start + len(expected) - 1}/{len(whole)}"


@pytest.mark.parametrize("wanted", ["bytes=99999999-", "bytes=-0"])
def test_a_part_beyond_the_end_cannot_be_had(
    client: httpx.Client, ask: Ask, answered: list[Row], wanted: str
) -> None:
    query = {"recording_hash": own_hash(ask, answered[0])}
    size = len(client.get(URL, params=query).content)
    response = client.get(URL, params=query, headers={"Range": wanted})
    assert (response.status_code, response.content) == (416, b"")
    assert response.headers["content-range"] == f"bytes */{size}"


@pytest.mark.parametrize("wanted", ["bytes=5-2", "bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes=one-"])
def test_a_part_that_cannot_be_read_is_ignored(
    client: httpx.Client, ask: Ask, answered: list[Row], wanted: str
) -> None:
    query = {"recording_hash": own_hash(ask, answered[0])}
    response = client.get(URL, params=query, headers={"Range": wanted})
    assert response.status_code == 200
    assert response.content[:4] == b"RIFF"


def test_a_recording_may_be_sent_as_plain_octets(client: httpx.Client, ask: Ask, answered: list[Row]) -> None:
    query = {"recording_hash": own_hash(ask, answered[0]), "octetstream": "true"}
    assert client.get(URL, params=query).headers["content-type"] == "application/octet-stream"


def test_what_was_not_recorded_or_is_asked_for_wrongly_is_an_error_in_words(
    client: httpx.Client, pbx: PbxServer, ask: Ask, answered: list[Row]
) -> None:
    right = own_hash(ask, answered[0])
    lost = every_row(ask, "4.1/StatsCalls", **everything(pbx), answered="false")[0]["name"]
    running = next(iter(pbx.engine.floor().calls))
    for wrong in ("0" * 40 + answered[0]["name"], right[:40], right[:40] + lost, right[:40] + running, "ž"):
        answer = client.get(URL, params={"recording_hash": wrong}).json()
        assert answer == {"error": "Nahrávka neexistuje", "status": 0}
    unknown = httpx.get(f"{pbx.url}{URL}", params={"recording_hash": right})
    assert unknown.json()["error"] == "Uživatel neexistuje"


def test_a_download_breaks_off_as_any_answer_does(
    client: httpx.Client, pbx: PbxServer, ask: Ask, answered: list[Row]
) -> None:
    query = {"recording_hash": own_hash(ask, answered[0])}
    pbx.faults.set("GetRecording", Fault(kind=FaultKind.HALF))
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(URL, params=query)


def test_any_part_of_the_longest_sound_equals_that_part_of_the_whole() -> None:
    sound = Wave(seconds=LONGEST_S, seed="any")
    assert sound.size == 44 + LONGEST_S * 16_000
    whole = sound.read(0, sound.size)
    assert len(whole) == sound.size
    parts = [(0, 1), (43, 45), (44, 16_044), (16_043, 16_045), (50_000, 250_001)]
    for start, end in [*parts, (sound.size - 3, sound.size)]:
        assert sound.read(start, end) == whole[start:end]
    assert Wave(seconds=0, seed="any").read(0, 44)[-4:] == b"\0\0\0\0"
