"""The types of widgets: what each shows, how large it begins, and its options. The editor and the checks both read this."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from django.utils.encoding import force_str
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dashboard.boards.figures import FIGURE_CHOICES, FIGURES, WINDOWS
from dashboard.boards.options import Option

TITLE: Final = Option(
    key="title",
    kind="text",
    label=_("Title"),
    default="",
    most=60,
    help=_("Empty: the widget names itself."),
)
QUEUES: Final = Option(
    key="queues",
    kind="queues",
    label=_("Queues"),
    default=[],
    help=_("None chosen: all queues of the board."),
)
WINDOW: Final = Option(
    key="window",
    kind="choice",
    label=_("Time"),
    default="today",
    choices=WINDOWS[1:],
    help=_("Calls count where they entered the queue."),
)
LEVELS: Final = Option(
    key="levels",
    kind="levels",
    label=_("Levels"),
    default=None,
    help=_("When the figure needs a person. Empty: the board's, else sensible ones."),
)


class WidgetType(msgspec.Struct, frozen=True, kw_only=True):
    """`width` and `height` are where a new widget begins, `least` below which it cannot be read, in cells of the usual grid."""

    key: str
    title: Any
    shows: Any
    width: int
    height: int
    least: tuple[int, int] = (3, 3)
    options: tuple[Option, ...] = ()
    formula: Any = ""

    @property
    def defaults(self) -> dict[str, Any]:
        return {option.key: option.default for option in self.options}


def _flag(key: str, label: Any, *, default: bool, help_: Any = "") -> Option:
    return Option(key=key, kind="flag", label=label, default=default, help=help_)


def _number(
    key: str, label: Any, *, default: int, least: int, most: int, unit: Any = "", help_: Any = ""
) -> Option:
    return Option(
        key=key, kind="number", label=label, default=default, least=least, most=most, unit=unit, help=help_
    )


def _choice(key: str, label: Any, *, choices: tuple[tuple[str, Any], ...], help_: Any = "") -> Option:
    """The first choice is the default."""
    return Option(key=key, kind="choice", label=label, default=choices[0][0], choices=choices, help=help_)


TYPES: Final[tuple[WidgetType, ...]] = (
    WidgetType(
        key="number",
        title=_("Big number"),
        shows=_("One figure of any queues, as large as fits."),
        width=6,
        height=8,
        least=(3, 4),
        options=(
            TITLE,
            Option(key="figure", kind="figure", label=_("Figure"), default="waiting", choices=FIGURE_CHOICES),
            WINDOW,
            QUEUES,
            LEVELS,
        ),
    ),
    WidgetType(
        key="callers",
        title=_("Callers waiting"),
        shows=_("How many callers wait, and who has waited longest."),
        formula=_("Inbound calls that wait or ring, without e-mails."),
        width=5,
        height=12,
        least=(4, 8),
        options=(TITLE, QUEUES),
    ),
    WidgetType(
        key="ready",
        title=_("Agents ready"),
        shows=_("How many agents could take a call now, of how many logged in."),
        formula=_("Distinct agents of these queues, by their state."),
        width=5,
        height=12,
        least=(4, 8),
        options=(TITLE, QUEUES),
    ),
    WidgetType(
        key="queue",
        title=_("Queue tile"),
        shows=_("One queue: callers waiting, longest wait, agents ready."),
        width=6,
        height=6,
        least=(3, 2),
        options=(Option(key="queue", kind="queue", label=_("Queue"), default=""), LEVELS),
    ),
    WidgetType(
        key="queues",
        title=_("Queue tiles"),
        shows=_("A tile for each queue, those in trouble first."),
        width=12,
        height=18,
        least=(4, 6),
        options=(QUEUES,),
    ),
    WidgetType(
        key="queue-table",
        title=_("Queue table"),
        shows=_("A row for each queue, those in trouble first."),
        width=14,
        height=12,
        least=(8, 5),
        options=(TITLE, QUEUES, WINDOW),
    ),
    WidgetType(
        key="agents",
        title=_("Agents"),
        shows=_("Every agent with state and time in it."),
        formula=_("The time is since the PBX reported this state."),
        width=9,
        height=24,
        least=(4, 6),
        options=(TITLE, QUEUES),
    ),
    WidgetType(
        key="agent-states",
        title=_("Agents by state"),
        shows=_("How many agents are in each state."),
        formula=_("Distinct agents of these queues."),
        width=6,
        height=8,
        least=(3, 4),
        options=(TITLE, QUEUES),
    ),
    WidgetType(
        key="waiting",
        title=_("Waiting callers"),
        shows=_("Each caller who waits, with a running time: who waits too long first, then the longest."),
        formula=_("Now − entry into the queue."),
        width=8,
        height=9,
        least=(5, 4),
        options=(TITLE, QUEUES),
    ),
    WidgetType(
        key="calls",
        title=_("Active calls"),
        shows=_("Each call being handled: with whom, since when."),
        formula=_("Now − answer."),
        width=9,
        height=10,
        least=(6, 4),
        options=(TITLE, QUEUES),
    ),
    WidgetType(
        key="pauses",
        title=_("Pauses"),
        shows=_("Who is on a pause and for how long; those over the limit first."),
        formula=_("Now − start of the pause."),
        width=7,
        height=9,
        least=(4, 4),
        options=(
            TITLE,
            QUEUES,
            _number(
                "limit_min",
                _("Limit"),
                default=15,
                least=1,
                most=480,
                unit=_("min"),
                help_=_("Longer pauses are marked."),
            ),
            _flag("wrap_up", _("Wrap-up too"), default=False),
        ),
    ),
    WidgetType(
        key="service-level",
        title=_("Service level"),
        shows=_("Service level against its goal, live and closed, and how many misses are still allowed."),
        formula=_(
            "Live counts callers who are already past the threshold as missed; closed counts ended waits only."
        ),
        width=6,
        height=9,
        least=(4, 6),
        options=(TITLE, QUEUES, WINDOW, LEVELS),
    ),
    WidgetType(
        key="trend",
        title=_("Trend"),
        shows=_("One figure over today, interval by interval."),
        formula=_("Each interval holds the calls that entered in it."),
        width=10,
        height=9,
        least=(6, 5),
        options=(
            TITLE,
            _choice(
                "figure",
                _("Figure"),
                choices=(
                    ("offered", _("Calls offered")),
                    ("answered", _("Calls answered")),
                    ("abandoned", _("Calls abandoned")),
                    ("service_level", _("Service level, closed")),
                    ("asa_s", _("Average speed of answer")),
                    ("aht_s", _("Average handle time")),
                ),
            ),
            QUEUES,
            _choice(
                "interval",
                _("Interval"),
                choices=(("30", _("30 minutes")), ("15", _("15 minutes")), ("60", _("60 minutes"))),
            ),
        ),
    ),
    WidgetType(
        key="longest",
        title=_("Longest waits"),
        shows=_("The longest wait of each queue: queues in trouble first, then the longest."),
        formula=_("Now − the earliest entry among the callers who wait in the queue."),
        width=6,
        height=8,
        least=(4, 4),
        options=(TITLE, QUEUES, _number("rows", _("At most"), default=8, least=1, most=40, unit=_("rows"))),
    ),
    WidgetType(
        key="leaders",
        title=_("Most calls answered"),
        shows=_("Who answered most today. Boards may allow whole queues only, or nothing."),
        formula=_("Calls answered since the day began."),
        width=6,
        height=10,
        least=(4, 4),
        options=(
            TITLE,
            QUEUES,
            _choice(
                "who",
                _("Whom it lists"),
                choices=(("people", _("agents, if the board allows it")), ("team", _("whole queues"))),
            ),
            _number("rows", _("At most"), default=8, least=1, most=40, unit=_("rows")),
        ),
    ),
    WidgetType(
        key="campaign",
        title=_("Outbound"),
        shows=_("Outbound calls today: how many, how many were answered."),
        formula=_("Outbound calls that were answered ÷ outbound calls."),
        width=6,
        height=8,
        least=(4, 5),
        options=(
            TITLE,
            QUEUES,
            _number(
                "goal",
                _("Goal of the day"),
                default=0,
                least=0,
                most=100_000,
                unit=_("answered calls"),
                help_=_("0: none."),
            ),
            WINDOW,
        ),
    ),
    WidgetType(
        key="clock",
        title=_("Clock"),
        shows=_("The time of day in the call centre."),
        width=5,
        height=5,
        least=(3, 3),
        options=(
            TITLE,
            _flag("seconds", _("Seconds"), default=False),
            _flag("date", _("Date"), default=True),
        ),
    ),
    WidgetType(
        key="text",
        title=_("Text"),
        shows=_("A text of your own, as large as fits."),
        width=6,
        height=5,
        least=(3, 2),
        options=(TITLE, Option(key="text", kind="lines", label=_("Text"), default="", most=600)),
    ),
    WidgetType(
        key="image",
        title=_("Picture"),
        shows=_("A picture that was uploaded, such as a logo."),
        width=5,
        height=6,
        least=(2, 2),
        options=(
            Option(key="image", kind="image", label=_("Picture"), default="", most=60),
            Option(
                key="alt",
                kind="text",
                label=_("What it shows"),
                default="",
                most=120,
                help=_("Read aloud to those who cannot see it."),
            ),
        ),
    ),
    WidgetType(
        key="ticker",
        title=_("Announcements"),
        shows=_("What is announced now, one after the other."),
        width=24,
        height=2,
        least=(8, 2),
        options=(Option(key="text", kind="text", label=_("While there are none"), default="", most=200),),
    ),
    WidgetType(
        key="source",
        title=_("Source health"),
        shows=_("How old each kind of data is, and what is wrong with it."),
        formula=_("Now − the PBX's last answer."),
        width=6,
        height=8,
        least=(4, 4),
        options=(TITLE,),
    ),
)
TYPE: Final = {type_.key: type_ for type_ in TYPES}


def catalogue_data() -> dict[str, Any]:
    """The whole catalogue for the editor, in the reader's language."""
    return {
        "types": [_type_data(type_) for type_ in TYPES],
        "figures": [_plain(msgspec.structs.asdict(figure)) for figure in FIGURES],
        "windows": _plain(WINDOWS),
    }


def _type_data(type_: WidgetType) -> dict[str, Any]:
    data = msgspec.structs.asdict(type_)
    data["options"] = [msgspec.structs.asdict(option) for option in type_.options]
    plain: dict[str, Any] = _plain(data)
    return plain


def _plain(value: Any) -> Any:
    """Texts in the language of the moment, tuples as lists."""
    if isinstance(value, Promise):
        return force_str(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value
