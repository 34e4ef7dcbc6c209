"""CDR and AboutCall: calls row by row, with what they cost."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from dashboard.gateway.engine import Direction
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import ApiError, Ask, Result, id_text
from dashboard.gateway.surface.history.interval import spans
from dashboard.gateway.surface.history.legs import ANSWERED, Leg, legs
from dashboard.gateway.surface.history.recordings import recording_hash, recording_path
from dashboard.gateway.surface.history.tariffs import FREE, Tariff, tariff
from dashboard.gateway.surface.history.words import cause, durations

DIRECTIONS = frozenset({"in", "out", "local"})


def charges(ask: Ask) -> Result:
    """CDR: oldest first. Prices are given if they are asked for by `billing` or `min_price_call`."""
    least = _least_price(ask)
    is_billed = values.is_yes(ask, "billing")
    if is_billed is None:
        is_billed = least is not None
    now_at, within = ask.floor.at, spans(ask)
    calls = [call for call in ask.history.calls(within) if call.ended_at <= now_at]
    found = _matching(ask, legs(calls, ask.history.attempts(within)))
    if least is not None:
        found = [leg for leg in found if Decimal(_price(ask, leg)) > least]
    return [_charge(ask, leg, is_billed=is_billed) for leg in found]


def about_call(ask: Ask) -> Result:
    """AboutCall: the rows of one call, none before it is over."""
    call = ask.history.call(values.needed(ask, "id_call"))
    if call is None or call.ended_at > ask.floor.at:
        return []
    attempts = ask.history.attempts([(call.entered_at, call.entered_at)])
    return [_about(ask, leg) for leg in legs([call], attempts)]


def _matching(ask: Ask, found: Iterable[Leg]) -> list[Leg]:
    direction = values.one_of(ask, "direction", allowed=DIRECTIONS)
    disposition = values.one_of(ask, "disposition", allowed={ANSWERED})
    extensions, codes = _texts(ask, "real_extens"), _texts(ask, "accountcodes")
    destinations = _texts(ask, "destinations")
    sources, targets = _texts(ask, "src_channels"), _texts(ask, "dst_channels")
    return [
        leg
        for leg in found
        if direction in {None, _direction(ask, leg)}
        and disposition in {None, leg.disposition}
        and (extensions is None or leg.extension in extensions)
        and (codes is None or leg.call.account_code in codes)
        and (destinations is None or _tariff(leg).destination.strip() in destinations)
        and (sources is None or leg.channels[0].startswith(sources))
        and (targets is None or leg.channels[1].startswith(targets))
    ]


def _texts(ask: Ask, name: str) -> tuple[str, ...] | None:
    if not ask.parameters.has(name):
        return None
    return tuple(value.strip() for value in ask.parameters.values(name))


def _least_price(ask: Ask) -> Decimal | None:
    text = values.text(ask, "min_price_call")
    try:
        least = Decimal(text) if text else None
    except InvalidOperation as error:
        raise ApiError("Parametr min_price_call musí být číslo") from error
    if least is not None and not least.is_finite():
        raise ApiError("Parametr min_price_call musí být číslo")
    return least


def _direction(ask: Ask, leg: Leg) -> str:
    """In, out, or local between two telephones of the PBX."""
    if leg.call.queue_id is None:
        extensions = {device.extension for device in ask.floor.devices}
        if {leg.source, leg.call.called} <= extensions:
            return "local"
    return leg.call.direction.value


def _tariff(leg: Leg) -> Tariff:
    is_charged = leg.call.direction is Direction.OUTBOUND
    return tariff(leg.call.called) if is_charged else FREE


def _talk_s(ask: Ask, leg: Leg) -> int:
    if leg.answered_at is None:
        return 0
    return ask.time.elapsed_s(since_at=leg.answered_at, now_at=leg.end_at)


def _price(ask: Ask, leg: Leg) -> str:
    price = 0.0 if leg.answered_at is None else _tariff(leg).price(_talk_s(ask, leg))
    return f"{price:.8f}"


def _charge(ask: Ask, leg: Leg, *, is_billed: bool) -> dict[str, Any]:
    row = {
        "date": ask.text(leg.start_at),
        "real_exten": leg.extension,
        "dst": leg.call.called,
        "billsec": str(_talk_s(ask, leg)),
        "duration": str(ask.time.elapsed_s(since_at=leg.start_at, now_at=leg.end_at)),
        "disposition": leg.disposition,
        "accountcode": leg.call.account_code,
        "uniqueid": leg.unique_id,
        "id_call": leg.call.id,
        "from_did": _from_did(leg),
        "direction": _direction(ask, leg),
    }
    return {**row, **_cost(ask, leg)} if is_billed else row


def _cost(ask: Ask, leg: Leg) -> dict[str, str]:
    charged = _tariff(leg)
    return {
        "price": _price(ask, leg),
        "destination_type": charged.type,
        "destination_type_description": charged.type,
        "destination": charged.destination,
        "destination_price": f"{charged.per_minute:.4f}",
    }


def _from_did(leg: Leg) -> str | None:
    return leg.call.called if leg.call.direction is Direction.INBOUND else None


def _about(ask: Ask, leg: Leg) -> dict[str, Any]:
    call, lasted = leg.call, durations(ask, leg.call)
    waiting, ringing = lasted.waiting, lasted.ringing
    if leg.attempt is not None:
        waiting = ask.time.elapsed_s(since_at=call.entered_at, now_at=leg.start_at)
        ringing = ask.time.elapsed_s(since_at=leg.start_at, now_at=leg.end_at)
    channel, other_channel = leg.channels
    is_out = call.direction is Direction.OUTBOUND
    return {
        "calldate": ask.text(leg.start_at),
        "clid": leg.source,
        "src": leg.source,
        "dst": call.called,
        "dcontext": "from-internal" if is_out else "from-trunk",
        "channel": channel,
        "dstchannel": other_channel,
        "lastapp": "Dial" if is_out else "Queue",
        "lastdata": call.called if call.queue_id is None else ask.queue(call.queue_id).number,
        "duration": str(ask.time.elapsed_s(since_at=leg.start_at, now_at=leg.end_at)),
        "billsec": str(_talk_s(ask, leg)),
        "disposition": leg.disposition,
        "amaflags": "3",
        "accountcode": call.account_code,
        "uniqueid": leg.unique_id,
        "userfield": recording_path(ask, leg),
        "real_exten": leg.extension,
        "direction": _direction(ask, leg),
        "from_did": _from_did(leg),
        "id_call": call.id,
        "id_queue": id_text(call.queue_id),
        "id_agent": id_text(leg.user_id),
        "waiting_time": str(waiting),
        "ringing_time": str(ringing),
        "hold_time": str(lasted.hold if leg.attempt is None else 0),
        "orig_pos": str(call.first_position),
        "position": str(call.position),
        "disposition_cause": cause(call),
        "disconnection_cause": "",
        "recording_hash": "" if leg.answered_at is None else recording_hash(call.id),
    }
