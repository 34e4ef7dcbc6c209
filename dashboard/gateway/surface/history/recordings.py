"""GetRecording: the sound of a call, made up when it is asked for."""

import hashlib

from dashboard.gateway.history import CallRecord
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import ApiError, Ask, Result
from dashboard.gateway.surface.download import Download
from dashboard.gateway.surface.history.legs import Leg
from dashboard.gateway.surface.history.wave import Wave

LONGEST_S = 600
HASH_DIGITS = 40
WAV_TYPE, OCTETS_TYPE = "audio/x-wav", "application/octet-stream"


def recording(ask: Ask) -> Result:
    """The recording whose hash AboutCall gave; at most its first ten minutes."""
    wanted = values.needed(ask, "recording_hash")
    call = ask.history.call(wanted[HASH_DIGITS:])
    if call is None or not _is_recorded(call, ask) or recording_hash(call.id) != wanted:
        raise ApiError("Nahrávka neexistuje")
    talk_s = ask.time.elapsed_s(since_at=call.answered_at or 0, now_at=call.ended_at)
    wave = Wave(seconds=min(max(talk_s, 0), LONGEST_S), seed=wanted)
    return Download(
        size=wave.size,
        read=wave.read,
        media_type=OCTETS_TYPE if values.is_yes(ask, "octetstream") else WAV_TYPE,
        name=f"{call.id}.wav",
    )


def recording_hash(call_id: str) -> str:
    """Forty hexadecimal digits, then the id of the call."""
    return hashlib.sha1(f"recording {call_id}".encode(), usedforsecurity=False).hexdigest() + call_id


def recording_path(ask: Ask, leg: Leg) -> str:
    """Where the PBX keeps the recording; "" if there is none."""
    if leg.answered_at is None:
        return ""
    date, time = (ask.text(leg.answered_at) or "").split()
    direction = leg.call.direction.value.upper()
    name = f"{direction}{leg.source}-{leg.call.called}-{date.replace('-', '')}-{time.replace(':', '')}"
    return f"/RECORDINGS/{date.replace('-', '/')}/{name}-{leg.unique_id}.wav"


def _is_recorded(call: CallRecord, ask: Ask) -> bool:
    return call.answered_at is not None and call.ended_at <= ask.floor.at
