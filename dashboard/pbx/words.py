"""Words that parameters are limited to, and the two that say what happens to a value that is not given."""

from enum import Enum, StrEnum
from typing import Final, Literal


class Blank(Enum):
    """RELEASE sends an empty parameter, which takes the value away; UNCHANGED sends none and leaves it."""

    RELEASE = ""
    UNCHANGED = None


RELEASE: Final = Blank.RELEASE
UNCHANGED: Final = Blank.UNCHANGED
Release = Literal[Blank.RELEASE]
Unchanged = Literal[Blank.UNCHANGED]


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class CdrDirection(StrEnum):
    IN = "in"
    OUT = "out"
    LOCAL = "local"


class MonitoringMode(StrEnum):
    """Who hears whom while a call is listened to."""

    SPY = "spy"
    WHISPER = "whisper"
    WHISPER_PRIVATE = "whisperprivate"
    BARGE = "barge"
    INTERACTIVE = "interactive"


class PlaybackCommand(StrEnum):
    """`PAUSE` resumes when sent again."""

    PLAY = "play"
    REWIND = "rewind"
    PAUSE = "pause"
    FORWARD = "forward"
    STOP = "stop"


class TransferType(StrEnum):
    ATTENDED = "attended"
    BLIND = "blind"


class Trace(StrEnum):
    ALL = "all"
    CALL = "call"
    PAUSE = "pause"
    QUEUE = "queue"
    LOGIN = "login"


class RecordAction(StrEnum):
    """State of a record in a campaign. Only FREE, DONE and PLANNED can be set."""

    FREE = "0"
    LOADED_1 = "1"
    LOADED_2 = "2"
    LOADED_3 = "3"
    BEFORE_SAVING = "4"
    DONE = "5"
    PLANNED = "6"


SettableAction = Literal[RecordAction.FREE, RecordAction.DONE, RecordAction.PLANNED]
