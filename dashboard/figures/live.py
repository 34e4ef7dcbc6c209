"""Figures for the live state: the calls of today and of the last minutes, kept up to date by the process that polls.

A tick costs one query for the number of the latest roll-up, as long as no call was written and none leaves a sliding window.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db import DatabaseError
from django.db.models import Max

from dashboard.domain.figures import AgentToday, Figures
from dashboard.domain.kpi import DEFAULT_DEFINITION, Rules
from dashboard.domain.rows import FigureRow
from dashboard.figures.definitions import Definitions, definitions_of
from dashboard.figures.quarters import Quarters
from dashboard.figures.sliding import Sliding
from dashboard.models import Pbx, RollUp

log = logging.getLogger(__name__)

DEFINITIONS_KEPT_S: Final = 5.0
QUARTER_S: Final = 900
REFRESHED_S: Final = 60.0
"""Everything is read anew this often: ready time, and rows that were deleted, change no number of a roll-up."""


class LiveFigures:
    """The figures of one PBX as this process knows them. Several threads may ask."""

    def __init__(self, pbx: Pbx) -> None:
        self._pbx = pbx
        self._zone = ZoneInfo(pbx.timezone)
        self._lock = threading.Lock()
        self._definitions: Definitions | None = None
        self._definitions_until = 0.0
        self._quarters = Quarters(pbx)
        self._sliding = Sliding(pbx)
        self._figures: Figures | None = None
        self._stamp: tuple[int, int] | None = None
        self._today: dict[str, FigureRow] = {}
        self._agents: dict[str, AgentToday] = {}
        self._whole_until = 0.0
        self._is_failing = False

    def rules_now(self, queue_id: str) -> Rules:
        """The rules in force for a queue today; the default ones while the database does not answer."""
        with self._lock:
            definitions = self._definitions_known()
            if definitions is None:
                return DEFAULT_DEFINITION.rules
            local = datetime.now(self._zone)
            return definitions.of(queue_id, definitions.today(queue_id, local)).rules

    def is_open_at(self, queue_id: str, at: int) -> bool:
        """Whether a call that enters the queue at this moment (ms) comes within its business hours."""
        with self._lock:
            definitions = self._definitions_known()
            moment = datetime.fromtimestamp(at / 1000, UTC)
            return definitions is None or definitions.is_open(queue_id, moment, zone=self._zone)

    def at(self, now_at: int) -> Figures | None:
        """The figures at this moment of the PBX; None while the database does not answer: what is shown then stays."""
        with self._lock:
            try:
                figures = self._at(datetime.fromtimestamp(now_at / 1000, UTC))
            except DatabaseError as exc:
                if not self._is_failing:
                    log.error("%s: its figures cannot be read. %s", self._pbx.slug, exc)
                self._is_failing = True
                return None
            self._is_failing = False
            return figures

    def _definitions_known(self) -> Definitions | None:
        if time.monotonic() >= self._definitions_until:
            self._definitions_until = time.monotonic() + DEFINITIONS_KEPT_S
            try:
                fresh = definitions_of(self._pbx)
            except DatabaseError:
                return self._definitions
            if self._definitions is None or fresh.version != self._definitions.version:
                self._definitions = fresh
                self._stamp = None
        return self._definitions

    def _at(self, now: datetime) -> Figures | None:
        definitions = self._definitions_known()
        if definitions is None:
            return None
        latest = RollUp.objects.aggregate(latest=Max("pk"))["latest"] or 0
        stamp = (latest, int(now.timestamp()) // QUARTER_S)
        is_old = time.monotonic() >= self._whole_until
        is_changed = is_old or stamp != self._stamp
        if not is_changed and not self._sliding.is_due(now):
            return self._figures
        if is_changed:
            self._read(now, is_whole=is_old or self._stamp is None, definitions=definitions)
            self._stamp = stamp
        rows = self._today | self._sliding.figures(now, definitions=definitions)
        self._figures = Figures(rows=rows, agents=self._agents)
        return self._figures

    def _read(self, now: datetime, *, is_whole: bool, definitions: Definitions) -> None:
        if is_whole:
            self._whole_until = time.monotonic() + REFRESHED_S
        self._quarters.read(now, is_whole=is_whole, definitions=definitions)
        self._sliding.read(now)
        self._agents = self._quarters.agents(now, definitions=definitions)
        today = self._quarters.today(now, definitions=definitions)
        self._today = {f"{queue_id}:today": row for queue_id, row in today.items()}


_known: dict[tuple[int, str], LiveFigures] = {}
_known_lock = threading.Lock()


def live_figures(pbx: Pbx) -> LiveFigures:
    """Those of this PBX in this process."""
    key = (pbx.pk, pbx.timezone)
    with _known_lock:
        if key not in _known:
            _known[key] = LiveFigures(pbx)
        return _known[key]
