"""What can go wrong between us and the PBX, told apart by whether asking again can help.

No text here ever holds the access token, a password or an address with a token in it.
"""

import unicodedata
from typing import ClassVar


class PbxError(Exception):
    """Base of the family. `code` is for logs and live state, the text is a sentence for people.

    `may_have_acted` is False only where the PBX surely did not do what it was asked: it said no, or never got the request.
    """

    code: ClassVar[str] = "error"
    retryable: bool = False
    may_have_acted: bool = True

    def __init__(self, action: str, sentence: str) -> None:
        super().__init__(f"{action}: {sentence}")
        self.action = action
        self.sentence = sentence


class PbxUnreachable(PbxError):
    """No connection: refused, reset, the host name or the certificate is wrong."""

    code = "unreachable"
    retryable = True

    def __init__(self, action: str, sentence: str, *, may_have_acted: bool = True) -> None:
        super().__init__(action, sentence)
        self.may_have_acted = may_have_acted


class PbxTimeout(PbxError):
    """The whole answer did not arrive before the deadline."""

    code = "timeout"
    retryable = True

    def __init__(self, action: str, *, limit_s: float, may_have_acted: bool = True) -> None:
        super().__init__(action, f"The PBX gave no complete answer within {limit_s:g} s.")
        self.limit_s = limit_s
        self.may_have_acted = may_have_acted


class PbxHttpError(PbxError):
    """An HTTP status other than 200, with a body that is no answer of the PBX's or contradicts the status."""

    code = "http"

    def __init__(self, action: str, *, status_code: int, says_done: bool = False) -> None:
        super().__init__(action, f"The PBX answered with HTTP status {status_code}.")
        self.status_code = status_code
        self.retryable = status_code in (408, 429) or status_code >= 500
        is_success = 200 <= status_code < 300
        self.may_have_acted = says_done or is_success or status_code == 408 or status_code >= 500


class PbxBadAnswer(PbxError):
    """The answer cannot be read: not JSON, cut off, too large, or of another shape than documented."""

    code = "garbage"

    def __init__(self, action: str, sentence: str, *, retryable: bool = False) -> None:
        super().__init__(action, sentence)
        self.retryable = retryable


class PbxRefused(PbxError):
    """The PBX understood and said no; its own words are in `pbx_text`."""

    code = "refused"
    may_have_acted = False

    def __init__(self, action: str, *, pbx_text: str) -> None:
        super().__init__(action, f"The PBX refused: {pbx_text}")
        self.pbx_text = pbx_text


class PbxWrongToken(PbxRefused):
    """The PBX does not know the access token."""

    code = "token"


class PbxCallInProgress(PbxRefused):
    """The agent cannot leave a queue in which a call of theirs is going on."""


class PbxNotInOutboundQueue(PbxRefused):
    """The agent is not logged in to an outbound queue or campaign."""


class PbxNotInAnyQueue(PbxRefused):
    """The agent is not logged in to any queue, so cannot be put on a pause."""


class PbxUnknownPause(PbxRefused):
    """There is no such pause."""


class PbxUnknownStatus(PbxRefused):
    """There is no such status."""


class PbxNotAnEmailQueue(PbxRefused):
    """The queue is not of the type email."""


# Beginnings of the documented texts, in lower case without diacritics: the PBX writes them both ways, and some go on
# with a phone number.
REFUSALS: dict[str, type[PbxRefused]] = {
    "uzivatel neexistuje": PbxWrongToken,
    "nelze se odhlasit z fronty/kampane, ve ktere probiha hovor": PbxCallInProgress,
    "agent neni prihlasen do odchozi kampane/fronty": PbxNotInOutboundQueue,
    "agent neni prihlasen do zadne z front": PbxNotInAnyQueue,
    "tato pauza nebyla nalezena": PbxUnknownPause,
    "stav neexistuje": PbxUnknownStatus,
    "zadana fronta neni typu email": PbxNotAnEmailQueue,
}


def refusal(action: str, pbx_text: str) -> PbxRefused:
    """The exception for the PBX's words; PbxRefused itself if they are not among the documented ones."""
    letters = unicodedata.normalize("NFKD", pbx_text)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold().strip()
    kind = next((kind for start, kind in REFUSALS.items() if plain.startswith(start)), PbxRefused)
    return kind(action, pbx_text=pbx_text)
