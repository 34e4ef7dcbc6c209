"""Why a command is refused, in the PBX's words."""

from collections.abc import Callable, Mapping
from functools import wraps

from dashboard.gateway.commands import CommandRefused, Reason
from dashboard.gateway.surface.asking import ApiError, Ask, Result

# Five of these are documented, the one about a call in progress with only some of its diacritics.
TEXTS: Mapping[Reason, str] = {
    Reason.USER_UNKNOWN: "Tento uživatel nebyl nalezen",
    Reason.USER_EXISTS: "Uživatel {about} již existuje",
    Reason.USER_TAKES_NO_CALLS: "Uživatel {about} není agentem call centra",
    Reason.LINE_UNKNOWN: "Linka {about} neexistuje",
    Reason.LINE_MISSING: "Uživatel nemá přidělenou linku, zadejte parametr extension",
    Reason.LINE_TAKEN: "Linka {about} patří jinému uživateli nebo je na ní někdo přihlášen",
    Reason.LINE_BUSY: "Linka {about} je obsazená",
    Reason.QUEUE_UNKNOWN: "Fronta neexistuje",
    Reason.QUEUE_FORBIDDEN: "Uživatel nemá právo na frontu {about}",
    Reason.QUEUE_TAKES_NO_CALLS: "Do fronty {about} nelze přepojit hovor",
    Reason.QUEUE_NUMBER_TAKEN: "Číslo {about} má jiná fronta",
    Reason.QUEUE_IN_USE: "Směr fronty {about} nelze změnit, fronta se používá",
    Reason.QUEUE_NOT_FOR_CLICKS: "Fronta {about} není typu Click to Call",
    Reason.PAUSE_UNKNOWN: "Tato pauza nebyla nalezena",
    Reason.PAUSE_OF_SYSTEM: "Systémová pauza každého typu je právě jedna a její typ nelze změnit",
    Reason.CALL_UNKNOWN: "Hovor neexistuje nebo již skončil",
    Reason.CALL_ID_TAKEN: "Hovor s idcall {about} již existuje",
    Reason.CALL_ANSWERED: "Hovor nečeká ve frontě",
    Reason.CALL_LEAVING: "Hovor se již přepojuje",
    Reason.NOT_LOGGED_IN: "Agent není přihlášen do call centra",
    Reason.LOGGED_IN_ALREADY: "Agent je již přihlášen na lince {about}",
    Reason.NOT_IN_QUEUE: "Agent není přihlášen do fronty {about}",
    Reason.IN_NO_QUEUE: "Agent není přihlášen do žádné z front, tedy není možné ho dát na pauzu",
    Reason.IN_NO_OUTBOUND_QUEUE: "Agent není přihlášen do odchozí kampaně/fronty",
    Reason.IN_OTHER_OUTBOUND_QUEUE: "Agent je již přihlášen do jiné odchozí kampaně/fronty",
    Reason.BUSY_IN_QUEUE: "Nelze se odhlasit z fronty/kampaně, ve které probíhá hovor s číslem {about}",
    Reason.BUSY: "Agent má hovor",
    Reason.NO_CALL: "Na lince neprobíhá žádný hovor",
    Reason.NOTHING_RINGS: "Na lince nezvoní žádný hovor",
    Reason.NOT_PAUSED: "Agent nemá nastavenou pauzu",
    Reason.SCRIPT_OPEN: "Agent má otevřený scénář hovoru",
    Reason.TARGET_NOT_FREE: "Uživatel {about} není volný",
    Reason.TO_ONESELF: "Nelze spojit linku samu se sebou",
    Reason.NOTHING_PLAYS: "Žádná hláška se nepřehrává",
    Reason.RECORDING_UNKNOWN: "Hláška {about} neexistuje",
}
NOT_ALLOWED = "Uživatel nemá k této akci oprávnění"


def in_words(
    handler: Callable[[Ask], Result], *, texts: Mapping[Reason, str] | None = None
) -> Callable[[Ask], Result]:
    """The handler, with what the engine refuses told as the PBX would; `texts` are those of this action alone."""
    own = texts or {}

    @wraps(handler)
    def answer(ask: Ask) -> Result:
        try:
            return handler(ask)
        except CommandRefused as refused:
            text = own.get(refused.reason, TEXTS[refused.reason])
            raise ApiError(text.format(about=refused.about)) from refused

    return answer
