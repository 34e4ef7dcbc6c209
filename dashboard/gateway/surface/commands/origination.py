"""Calls that begin by command: each answers with the id of its call."""

from typing import Any

from dashboard.gateway.commands import Dialling
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import Ask, Result
from dashboard.gateway.surface.commands.subjects import (
    account_only,
    call_id_chosen,
    line_allowed,
    phone,
    seconds,
    user_own,
)

WAITING_S, DIALLING_S, CLICK_WAITING_S = 30, 120, 7200


def create_call_of_user(ask: Ask) -> Result:
    """CreateCall 3.1: through the agent's outbound queue, or the one that is named."""
    user = user_own(ask)
    call_id = ask.commands.origination.call_create(
        user_id=user.id,
        queue_number=values.text(ask, "queue") or None,
        dialling=_from_telephone(ask, dialling_s=seconds(ask, "dialingtime", usual=DIALLING_S)),
    )
    return _id(call_id)


def create_call_of_line(ask: Ask) -> Result:
    """CreateCall 3.0: outside the call centre."""
    extension = values.needed(ask, "extension")
    line_allowed(ask, extension)
    call_id = ask.commands.origination.line_call_create(
        extension=extension, dialling=_from_telephone(ask, dialling_s=DIALLING_S)
    )
    return _id(call_id)


def click_to_call(ask: Ask) -> Result:
    """ClickToCall: the queue is given by its number."""
    account_only(ask)
    dialling = Dialling(
        number=phone(ask, "number"),
        waiting_s=seconds(ask, "waitingtime", usual=CLICK_WAITING_S),
        call_id=call_id_chosen(ask),
    )
    queue_number = values.needed(ask, "queue")
    return _id(ask.commands.origination.click_call_create(queue_number=queue_number, dialling=dialling))


def create_remote_call(ask: Ask) -> Result:
    """CreateRemoteCall: two numbers outside, or one and the inbound routing."""
    account_only(ask)
    dialling_s = seconds(ask, "dialingtime", usual=DIALLING_S)
    values.is_yes(ask, "recording")
    call_id = ask.commands.origination.remote_call_create(
        second_number=phone(ask, "secondarynumber"),
        is_inbound=values.is_yes(ask, "directdid") or False,
        dialling=Dialling(
            number=phone(ask, "primarynumber"),
            waiting_s=dialling_s,
            dialling_s=dialling_s,
            call_id=call_id_chosen(ask),
            account_code=values.text(ask, "accountcode") or "",
        ),
    )
    return _id(call_id)


def _from_telephone(ask: Ask, *, dialling_s: int) -> Dialling:
    return Dialling(
        number=phone(ask, "number"),
        waiting_s=seconds(ask, "waitingtime", usual=WAITING_S),
        dialling_s=dialling_s,
        picks_up_itself=values.is_yes(ask, "autoanswer") or False,
        call_id=call_id_chosen(ask),
        account_code=values.text(ask, "accountcode") or "",
    )


def _id(call_id: str) -> dict[str, Any]:
    return {"id_call": call_id}
