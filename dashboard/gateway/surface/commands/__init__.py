"""Actions that change something: sessions, pauses, calls and the directory."""

from collections.abc import Callable

from dashboard.gateway.commands import Reason
from dashboard.gateway.surface.asking import Ask, Result
from dashboard.gateway.surface.commands import editing, origination, presence, sessions, telephony
from dashboard.gateway.surface.commands.refusals import in_words
from dashboard.gateway.surface.variant import Variant

AGENT = ("user", "extension")
BUSY_NO_PAUSE = {Reason.BUSY: "Agent má hovor, pauzu je možné nastavit jen s parametrem force=yes"}


def _variant(
    action: str,
    version: str,
    answer: Callable[[Ask], Result],
    required: tuple[str, ...] = (),
    *,
    one_of: tuple[str, ...] = (),
) -> Variant:
    return Variant(action=action, version=version, answer=in_words(answer), required=required, one_of=one_of)


VARIANTS = (
    _variant("Login", "3.4", sessions.login, ("user",)),
    _variant("Logout", "3.4", sessions.logout, ("user",)),
    _variant("LoginQueue", "3.0", sessions.login_queue, ("user", "queue")),
    _variant("LogoutQueue", "3.0", sessions.logout_queue, ("user", "queue")),
    Variant(
        action="PauseOn",
        version="3.0",
        answer=in_words(sessions.pause_on, texts=BUSY_NO_PAUSE),
        required=("pause",),
        one_of=AGENT,
    ),
    _variant("PauseOff", "3.0", sessions.pause_off, one_of=AGENT),
    _variant("Answer", "3.7", telephony.answer, one_of=AGENT),
    _variant("PickupFromQueue", "4.0", telephony.pickup_from_queue, ("call_id", "user")),
    _variant("Hangup", "3.0", telephony.hangup, one_of=(*AGENT, "call")),
    _variant("Transfer", "3.0", telephony.transfer, one_of=AGENT),
    _variant("Monitoring", "3.0", telephony.monitoring_line, ("exten", "listener", "mode")),
    _variant("Monitoring", "3.1", telephony.monitoring_user, ("user", "listener", "mode")),
    _variant("ControlPlayback", "3.6", telephony.control_playback, ("command",), one_of=AGENT),
    _variant("CreateCall", "3.0", origination.create_call_of_line, ("extension", "number")),
    _variant("CreateCall", "3.1", origination.create_call_of_user, ("user", "number")),
    _variant("ClickToCall", "3.9", origination.click_to_call, ("queue", "number")),
    _variant("CreateRemoteCall", "3.8", origination.create_remote_call, ("primarynumber", "secondarynumber")),
    _variant("CreateQueue", "3.0", editing.create_queue, ("number", "title", "direction")),
    _variant("CreateUser", "4.0", editing.create_user, ("role", "profile", "name", "title", "password")),
    _variant("UpdateUser", "4.0", editing.update_user, ("name",)),
    _variant("DeleteUser", "3.0", editing.delete_user),
    _variant("CreatePause", "3.3", editing.create_pause, ("type",)),
    _variant("GetExtensionUsers", "4.1", presence.extension_users, ("extension",)),
    _variant("RTQueuePresence", "3.9", presence.queue_presence, ("queue",)),
)
