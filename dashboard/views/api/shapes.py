"""What the API answers. The description under openapi.json is made from these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from dashboard.domain.kpi import variant_of
from dashboard.domain.kpi.rules import Definition
from dashboard.domain.rows import FigureRow

Share = Annotated[float | None, Meta(description="From 0 to 1; null if nobody counted.")]


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all answers."""


class Problem(Shape, frozen=True, kw_only=True):
    """What is wrong: a code for programs, a sentence for people."""

    code: str
    text: str


class ProblemAnswer(Shape, frozen=True, kw_only=True):
    """The answer to what cannot be answered."""

    error: Problem


class DefinitionShape(Shape, frozen=True, kw_only=True):
    """By which rules a queue's calls are judged. `version` is null where nobody has defined anything."""

    version: int | None
    holds_for: str
    threshold_s: int
    short_s: int
    goal: float
    variant: str
    formula: str

    @classmethod
    def of(cls, definition: Definition) -> DefinitionShape:
        return cls(
            version=definition.version,
            holds_for=definition.holds_for,
            threshold_s=definition.threshold_s,
            short_s=definition.short_s,
            goal=definition.goal,
            variant=definition.variant,
            formula=variant_of(definition.variant).formula,
        )


class QueueShape(Shape, frozen=True, kw_only=True):
    """A queue, with the definition that holds today. `is_gone`: the PBX does not name it any more."""

    pbx: str
    id: str
    number: str
    title: str
    direction: str
    is_gone: bool
    definition: DefinitionShape


class QueuesAnswer(Shape, frozen=True, kw_only=True):
    """All queues in the scope of the token."""

    queues: list[QueueShape]


class FiguresShape(Shape, frozen=True, kw_only=True):
    """`terms` are counts and sums, which may be added up over queues and time; `values` the figures that follow from them."""

    terms: FigureRow
    values: Annotated[
        dict[str, float | int | None],
        Meta(
            description="By the names of the catalogue; shares from 0 to 1, times in seconds, null if nobody counted."
        ),
    ]


class LiveQueueShape(Shape, frozen=True, kw_only=True):
    """A queue now. Null is not known."""

    pbx: str
    id: str
    title: str
    waiting: int | None
    longest_wait_now_s: int | None
    agents_total: int | None
    agents_ready: int | None
    agents_busy: int | None
    agents_paused: int | None
    windows: Annotated[
        dict[str, FiguresShape], Meta(description="By window: 15m, 30m, 60m, today; only those with calls.")
    ]


class LiveAnswer(Shape, frozen=True, kw_only=True):
    """`age_s`, by PBX: seconds since it last answered; null if it never did or the live state cannot be read."""

    at: datetime
    age_s: dict[str, float | None]
    queues: list[LiveQueueShape]


class FigureRowShape(Shape, frozen=True, kw_only=True):
    """Figures of one queue, one day or one interval; what does not apply is null.

    `definition` is the one of the last day; the answer's `definitions` say which held before.
    """

    pbx: str
    queue: str | None = None
    day: date | None = None
    begins_at: datetime | None = None
    definition: DefinitionShape | None = None
    figures: FiguresShape


class FiguresAnswer(Shape, frozen=True, kw_only=True):
    """Both days are included; days are the PBX's local ones. `total` adds up all rows.

    `definitions` are sentences about which version of a service level's definition counted which queues on which days.
    `notices` are sentences about what is missing in them; none if the records of these days are complete.
    """

    first_day: date
    last_day: date
    by: str
    rows: list[FigureRowShape]
    total: FiguresShape | None
    definitions: list[str]
    notices: list[str]


class CallShape(Shape, frozen=True, kw_only=True):
    """A call, the count it is in, and why."""

    pbx: str
    id: str
    queue: str
    direction: str
    entered_at: datetime
    ended_at: datetime | None
    outcome: str
    counts_as: Annotated[
        str, Meta(description="hit, miss or none, for the service level of its queue's definition.")
    ]
    reason: str
    wait_s: int
    talk_s: int | None
    hold_s: int | None
    acw_s: int | None
    agent: str
    number: str
    is_provisional: bool


class CallsAnswer(Shape, frozen=True, kw_only=True):
    """Newest first. `next` is the `before` of the next page, null on the last. `notices`: as with figures."""

    calls: list[CallShape]
    next: str | None
    notices: list[str]


class CatalogueEntryShape(Shape, frozen=True, kw_only=True):
    """A figure: its name, unit, formula, and whether more or less of it is good."""

    key: str
    title: str
    unit: str
    formula: str
    better: str | None


class CatalogueAnswer(Shape, frozen=True, kw_only=True):
    """All figures by the names that `values` use."""

    figures: list[CatalogueEntryShape]
