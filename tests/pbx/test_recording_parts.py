"""Stretches of recordings, for players that seek."""

import re
import socket
import threading

import pytest

from dashboard.pbx import PbxHttpError, PbxRefused

SOUND = b"RIFF" + bytes(range(256)) * 2000
HASH = "225fae9e2c0a2e830c7d0e9e80040f4245a65d2e1319030658.204"


class RangeServer:
    """Serves the sound in ranges, or always whole."""

    def __init__(self, *, knows_ranges: bool = True) -> None:
        self.knows_ranges = knows_ranges

    def __call__(self, connection: socket.socket, stop: threading.Event, request: bytes) -> None:
        asked = re.search(rb"Range: bytes=(\d+)-(\d+)", request, re.IGNORECASE)
        if not asked or not self.knows_ranges:
            head = b"HTTP/1.1 200 OK\r\nContent-Type: audio/x-wav\r\nContent-Length: %d\r\n\r\n" % len(SOUND)
            connection.sendall(head + SOUND)
            return
        start, end = int(asked[1]), min(int(asked[2]), len(SOUND) - 1)
        if start >= len(SOUND):
            head = b"HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */%d\r\nContent-Length: 0\r\n\r\n"
            connection.sendall(head % len(SOUND))
            return
        head = (
            b"HTTP/1.1 206 Partial Content\r\nContent-Type: audio/x-wav\r\nContent-Length: %d\r\n"
            b"Content-Range: bytes %d-%d/%d\r\n\r\n"
        )
        connection.sendall(head % (end - start + 1, start, end, len(SOUND)) + SOUND[start : end + 1])


@pytest.mark.parametrize("knows_ranges", [True, False])
@pytest.mark.parametrize(("start", "length"), [(0, 10), (0, 10**7), (300_000, 1000), (len(SOUND) - 5, 100)])
def test_a_stretch_is_the_same_whether_the_pbx_knows_ranges_or_not(
    raw_server, connect, knows_ranges, start, length
):
    client = connect(raw_server(RangeServer(knows_ranges=knows_ranges)))
    part = client.recording_part(HASH, start=start, length=length)
    assert part.data == SOUND[start : start + length]
    assert part.total == len(SOUND)
    assert part.media_type == "audio/x-wav"


@pytest.mark.parametrize("knows_ranges", [True, False])
def test_behind_the_end_there_is_nothing(raw_server, connect, knows_ranges):
    client = connect(raw_server(RangeServer(knows_ranges=knows_ranges)))
    part = client.recording_part(HASH, start=len(SOUND), length=10)
    assert (part.data, part.total) == (b"", len(SOUND))


def _answering(head: bytes, body: bytes):
    def serve(connection: socket.socket, stop: threading.Event, request: bytes) -> None:
        connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)

    return serve


def test_a_refusal_is_told_in_the_pbx_own_words(raw_server, connect):
    refusal = '{"error": "Nahrávka neexistuje", "status": 0}'.encode()
    client = connect(raw_server(_answering(b"HTTP/1.1 200 OK\r\n", refusal)))
    with pytest.raises(PbxRefused, match="Nahrávka neexistuje"):
        client.recording_part(HASH, start=5, length=10)


def test_another_status_is_an_error(raw_server, connect):
    client = connect(raw_server(_answering(b"HTTP/1.1 500 Oops\r\n", b"")))
    with pytest.raises(PbxHttpError):
        client.recording_part(HASH, start=0, length=10)
