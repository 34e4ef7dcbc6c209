"""Recordings: streamed to a file, and resumed where they broke off."""

import re
import socket
import threading
from pathlib import Path

import pytest

from dashboard.pbx import Calls, PbxBadAnswer, PbxHttpError, PbxRefused, PbxTimeout

SOUND = b"RIFF" + bytes(range(256)) * 2000
HASH = "225fae9e2c0a2e830c7d0e9e80040f4245a65d2e1319030658.204"


class RecordingServer:
    """Sends at most `most` bytes of the sound per connection, then breaks off; knows ranges or not."""

    def __init__(self, *, most: int, knows_ranges: bool = True) -> None:
        self.most = most
        self.knows_ranges = knows_ranges
        self.starts: list[int] = []

    def __call__(self, connection: socket.socket, stop: threading.Event, request: bytes) -> None:
        asked = re.search(rb"Range: bytes=(\d+)-", request, re.IGNORECASE)
        start = int(asked[1]) if asked and self.knows_ranges else 0
        self.starts.append(start)
        if start >= len(SOUND):
            connection.sendall(
                b"HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */%d\r\nContent-Length: 0\r\n\r\n"
                % len(SOUND)
            )
            return
        status = b"206 Partial Content" if start else b"200 OK"
        head = b"HTTP/1.1 %s\r\nContent-Type: audio/x-wav\r\nContent-Length: %d\r\n" % (
            status,
            len(SOUND) - start,
        )
        if start:
            head += b"Content-Range: bytes %d-%d/%d\r\n" % (start, len(SOUND) - 1, len(SOUND))
        connection.sendall(head + b"\r\n" + SOUND[start : start + self.most])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "call.wav"


def test_a_recording_is_saved_in_one_go(path, raw_server, connect):
    server = RecordingServer(most=len(SOUND))
    connect(raw_server(server)).save_recording(HASH, path)
    assert path.read_bytes() == SOUND
    assert [file.name for file in path.parent.iterdir()] == ["call.wav"]


def test_a_recording_goes_on_where_it_broke_off(path, raw_server, connect):
    server, rests = RecordingServer(most=200_000), []
    connect(raw_server(server), sleep=rests.append).save_recording(HASH, path, tries=5)
    assert path.read_bytes() == SOUND
    assert server.starts == [0, 200_000, 400_000]
    assert len(rests) == 2


def test_a_later_call_goes_on_where_an_earlier_one_gave_up(path, raw_server, connect):
    server = RecordingServer(most=300_000)
    client = connect(raw_server(server), sleep=lambda _: None)
    with pytest.raises(PbxBadAnswer, match="broke off"):
        client.save_recording(HASH, path, tries=1)
    assert not path.exists()
    client.save_recording(HASH, path, tries=1)
    assert path.read_bytes() == SOUND
    assert server.starts == [0, 300_000]


def test_a_server_that_knows_no_ranges_is_read_from_the_start(path, raw_server, connect):
    path.with_name("call.wav.part").write_bytes(b"half of something")
    server = RecordingServer(most=len(SOUND), knows_ranges=False)
    connect(raw_server(server)).save_recording(HASH, path)
    assert path.read_bytes() == SOUND


def test_a_part_that_was_whole_already_is_kept(path, raw_server, connect):
    path.with_name("call.wav.part").write_bytes(SOUND)
    connect(raw_server(RecordingServer(most=len(SOUND)))).save_recording(HASH, path)
    assert path.read_bytes() == SOUND


def test_a_part_longer_than_the_recording_is_thrown_away(path, raw_server, connect):
    path.with_name("call.wav.part").write_bytes(SOUND + b"more")
    client = connect(raw_server(RecordingServer(most=len(SOUND))), sleep=lambda _: None)
    client.save_recording(HASH, path)
    assert path.read_bytes() == SOUND


def test_a_refusal_leaves_no_file(path, server, connect):
    server.answer("GetRecording", '{"status":0,"error":"Nahravka nenalezena"}')
    with pytest.raises(PbxRefused, match="Nahravka nenalezena"):
        connect(server.url).save_recording(HASH, path)
    assert list(path.parent.iterdir()) == []


def test_another_http_status_is_an_error_and_not_tried_again(path, server, connect):
    server.answer("GetRecording", "", status=404)
    with pytest.raises(PbxHttpError, match="404"):
        connect(server.url).save_recording(HASH, path)
    assert len(server.asked) == 1


def test_a_recording_that_stalls_ends_at_the_limit(path, raw_server, connect):
    def stall(connection: socket.socket, stop: threading.Event, request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nRIFF")
        stop.wait()

    with pytest.raises(PbxTimeout):
        connect(raw_server(stall)).save_recording(HASH, path, tries=1, idle_s=0.2)
    assert path.with_name("call.wav.part").read_bytes() == b"RIFF"


def test_a_long_recording_may_take_longer_than_the_limit_while_it_makes_progress(path, raw_server, connect):
    def trickle(connection: socket.socket, stop: threading.Event, request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n")
        for _ in range(8):
            connection.sendall(b"R")
            stop.wait(0.1)

    connect(raw_server(trickle)).save_recording(HASH, path, tries=1, idle_s=0.4)
    assert path.read_bytes() == b"R" * 8


def test_a_recording_can_be_had_in_memory(server, connect):
    server.answer("GetRecording", SOUND, Content_Type="audio/x-wav")
    client = connect(server.url)
    assert client.calls.recording(HASH) == SOUND
    server.answer("GetRecording", '{"status":0,"error":"Nahravka nenalezena"}')
    with pytest.raises(PbxRefused):
        client.calls.recording(HASH)
    assert Calls.recording(HASH).query() == f"recording_hash={HASH}"
