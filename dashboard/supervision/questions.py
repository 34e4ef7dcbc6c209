"""What only the PBX itself can tell about open actions: telephones in use, announcements that play.

The live state holds neither, so they are asked for while something waits for them, and not otherwise.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from typing import Final

import msgspec

from dashboard.connection import client_of
from dashboard.models import OpenAction, Pbx
from dashboard.pbx.client import PbxClient
from dashboard.pbx.errors import PbxError
from dashboard.pbx.groups.calls import Calls
from dashboard.pbx.groups.lines import Lines
from dashboard.pbx.ids import Login
from dashboard.pbx.wire.states import DeviceStatus
from dashboard.supervision.facts import AnyFact, Listening, Playing

log = logging.getLogger(__name__)

IN_USE: Final = frozenset({DeviceStatus.IN_USE, DeviceStatus.ON_HOLD})
LISTENING_EVERY_S: Final = 3.0

_listenings_asked: dict[str, float] = {}


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Lines with their states, and by login whether something plays there; None or absent where the PBX did not tell."""

    devices: dict[str, DeviceStatus] | None = None
    playing: dict[str, bool] = {}

    def shows(self, fact: AnyFact) -> bool:
        if isinstance(fact, Listening):
            return self.devices is not None and self.devices.get(fact.extension) in IN_USE
        if isinstance(fact, Playing):
            return self.playing.get(fact.login) is fact.is_playing
        return False

    def denies(self, fact: Listening) -> bool:
        """Whether the telephone is surely not in use any more."""
        return self.devices is not None and self.devices.get(fact.extension) not in IN_USE


def told_by_pbx(pbx: Pbx, works: Iterable[OpenAction], *, limit_s: float, listening_every_s: float) -> Told:
    """Ask for what these actions wait for; nothing is asked if none waits. Never raises for the PBX's faults."""
    facts = [(work, msgspec.convert(work.fact, type=AnyFact)) for work in works]
    wants_devices = any(
        isinstance(fact, Listening) and _is_due(pbx.slug, work, every_s=listening_every_s)
        for work, fact in facts
    )
    logins = {fact.login for _, fact in facts if isinstance(fact, Playing)}
    if not wants_devices and not logins:
        return Told()
    try:
        with client_of(pbx) as client:
            return _told(client, wants_devices=wants_devices, logins=logins, limit_s=limit_s)
    except (PbxError, ValueError, OSError) as exc:
        log.info("%s: what open actions wait for is not known now: %s", pbx.slug, exc)
        return Told()


def _told(client: PbxClient, *, wants_devices: bool, logins: set[str], limit_s: float) -> Told:
    devices = None
    if wants_devices:
        rows = client.fetch(Lines.device_states(deadline_s=limit_s)).value
        devices = {str(row.exten): row.status for row in rows}
    playing = {}
    for login in logins:
        status = client.fetch(Calls.playback_status(user=Login(login), deadline_s=limit_s)).value
        if status is not None and status.playing is not None:
            playing[login] = status.playing
    return Told(devices=devices, playing=playing)


def _is_due(stream: str, work: OpenAction, *, every_s: float) -> bool:
    """Who waits for a confirmation asks at every look; who only waits for the end asks seldom."""
    if work.kind != OpenAction.Kind.LISTENING:
        return True
    now = time.monotonic()
    if now - _listenings_asked.get(stream, -every_s) < every_s:
        return False
    _listenings_asked[stream] = now
    return True
