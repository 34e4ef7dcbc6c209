"""A sound of any length that is never held whole: a tone for each second, one of a few."""

import hashlib
import math
import struct
from functools import lru_cache

RATE = 8000
BYTES_PER_SECOND = 2 * RATE
HEADER_BYTES = 44
TONES_HZ = (330, 392, 440, 523, 587, 659)
LOUDNESS = 6000


class Wave:
    """A WAV file: 8 kHz, mono, 16-bit PCM. The same seed always gives the same tones."""

    def __init__(self, *, seconds: int, seed: str) -> None:
        self._seconds = seconds
        self._tones = hashlib.sha256(seed.encode()).digest()
        self.size = HEADER_BYTES + seconds * BYTES_PER_SECOND

    def read(self, start: int, end: int) -> bytes:
        """The bytes from `start` up to but not including `end`."""
        head = self._header()[start:end] if start < HEADER_BYTES else b""
        first, last = max(start - HEADER_BYTES, 0), min(end, self.size) - HEADER_BYTES
        if last <= first:
            return head
        from_second, to_second = first // BYTES_PER_SECOND, -(-last // BYTES_PER_SECOND)
        sound = b"".join(self._second(second) for second in range(from_second, to_second))
        offset = from_second * BYTES_PER_SECOND
        return head + sound[first - offset : last - offset]

    def _second(self, second: int) -> bytes:
        digit = self._tones[second % len(self._tones)]
        return _tone(TONES_HZ[digit % len(TONES_HZ)])

    def _header(self) -> bytes:
        data_bytes = self._seconds * BYTES_PER_SECOND
        riff = struct.pack("<4sI4s", b"RIFF", HEADER_BYTES - 8 + data_bytes, b"WAVE")
        form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, BYTES_PER_SECOND, 2, 16)
        return riff + form + struct.pack("<4sI", b"data", data_bytes)


@lru_cache(maxsize=len(TONES_HZ))
def _tone(hertz: int) -> bytes:
    """One second, whole waves, so that seconds join without a click."""
    samples = (round(LOUDNESS * math.sin(2 * math.pi * hertz * step / RATE)) for step in range(RATE))
    return struct.pack(f"<{RATE}h", *samples)
