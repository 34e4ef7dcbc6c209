"""The form of a new definition: every field in words, with the formula it is part of."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard.domain.kpi import VARIANTS
from dashboard.domain.kpi.hours import (
    DAYS,
    HOLIDAY,
    STEP_MIN,
    HoursError,
    days_loaded,
    days_stored,
    spans_read,
    spans_text,
)
from dashboard.models import Pbx, Queue, QueueDefinition

DAY_TITLES: Final = dict(
    zip(
        DAYS,
        (
            _("Monday"),
            _("Tuesday"),
            _("Wednesday"),
            _("Thursday"),
            _("Friday"),
            _("Saturday"),
            _("Sunday"),
            _("Holidays"),
        ),
        strict=True,
    )
)
EVERYTHING: Final = "all"
FROM, ALWAYS = "from", "always"


HOURS_HELP: Final = format_lazy(
    "{} {}",
    _("Such as 8-18, or 8-12, 13-17; a day left empty is closed."),
    _("All left empty: open around the clock. Calls outside business hours do not count."),
)


def hours_field(day: str, *, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=DAY_TITLES[day], required=False, max_length=100, help_text=help_text)


def holds_for_choices() -> list[tuple[str, Any]]:
    """Everything, the PBXs, and their queues below each."""
    choices: list[tuple[str, Any]] = [
        (EVERYTHING, gettext("All queues that have no definition of their own"))
    ]
    for pbx in Pbx.objects.prefetch_related("queues"):
        queues = [(f"queue:{queue.pk}", queue.title) for queue in pbx.queues.all() if not queue.is_gone]
        rest = (f"pbx:{pbx.pk}", gettext("All queues of %(pbx)s that have none of their own") % {"pbx": pbx})
        choices.append((str(pbx), [rest, *queues]))
    return choices


def holds_for_word(row: QueueDefinition) -> str:
    if row.queue_id is not None:
        return f"queue:{row.queue_id}"
    return EVERYTHING if row.pbx_id is None else f"pbx:{row.pbx_id}"


def initial_of(row: QueueDefinition) -> dict[str, Any]:
    """What a new version begins with: what the old one says."""
    days = days_loaded(row.hours) or {}
    return {
        "holds_for": holds_for_word(row),
        "threshold_s": row.threshold_s,
        "short_s": row.short_s,
        "goal_percent": round(row.goal * 100, 1),
        "variant": row.variant,
        "day_start": row.day_start,
        **{f"hours_{day}": spans_text(days.get(day, ())) for day in DAYS},
    }


class DefinitionForm(forms.ModelForm[QueueDefinition]):
    holds_for = forms.ChoiceField(
        label=_("holds for"),
        help_text=_(
            "A queue takes its own definition, else its PBX's, else the one for all queues, else 80/20."
        ),
    )
    when = forms.ChoiceField(
        label=_("applies"),
        choices=[(FROM, _("from a day on")), (ALWAYS, _("retroactively: to all days, past ones too"))],
        widget=forms.RadioSelect,
        initial=FROM,
        help_text=_(
            "From a day on, earlier figures stay as they were. Retroactively, all figures are reckoned anew; each report says"
            " by which version its figures were made."
        ),
    )
    goal_percent = forms.DecimalField(
        label=_("goal (%)"),
        min_value=0,
        max_value=100,
        max_digits=4,
        decimal_places=1,
        initial=80,
        help_text=_(
            "The service level to hold. Misses left today = floor((1 − goal) · (counted + expected)) − missed."
        ),
    )
    variant = forms.ChoiceField(label=_("service level"), widget=forms.RadioSelect, initial="no_short")
    hours_0 = hours_field("0", help_text=HOURS_HELP)
    hours_1 = hours_field("1")
    hours_2 = hours_field("2")
    hours_3 = hours_field("3")
    hours_4 = hours_field("4")
    hours_5 = hours_field("5")
    hours_6 = hours_field("6")
    hours_holiday = hours_field(HOLIDAY, help_text=_("On the days of the list of holidays."))

    class Meta:
        model = QueueDefinition
        fields = ["applies_from", "threshold_s", "short_s", "variant", "day_start", "note"]
        labels = {
            "applies_from": _("from"),
            "threshold_s": _("threshold T (seconds)"),
            "short_s": _("short abandon s (seconds)"),
        }
        help_texts = {
            "applies_from": _("The first day; one in the past changes the figures from there on."),
            "threshold_s": _(
                "A call answered after at most T seconds is in time: A≤. After that it is late: A>."
            ),
            "short_s": _(
                "A caller who leaves within s seconds is a short abandon: B≤s. Not more than T; 0 takes only those who left at"
                " once."
            ),
            "day_start": _(
                "When “today” begins, such as 06:00 for a night shift. In full quarters of an hour."
            ),
            "note": _("Why it changes; shown in the list of versions."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = holds_for_choices()
        self._choose("holds_for", choices)
        self._choose(
            "variant", [(word, f"{gettext(one.title)}:  {one.formula}") for word, one in VARIANTS.items()]
        )

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_day_start(self) -> Any:
        value = self.cleaned_data["day_start"]
        if value.minute % STEP_MIN or value.second:
            raise ValidationError(gettext("This must be a full quarter of an hour, such as 6:00 or 6:15."))
        return value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            data.get("when") == FROM
            and data.get("applies_from") is None
            and "applies_from" not in self.errors
        ):
            self.add_error("applies_from", gettext("From which day on? Or choose “retroactively”."))
        threshold_s, short_s = data.get("threshold_s"), data.get("short_s")
        if threshold_s is not None and short_s is not None and short_s > threshold_s:
            text = gettext("A short abandon cannot take longer than the threshold of %(threshold)s s.")
            self.add_error("short_s", text % {"threshold": threshold_s})
        self._hours_clean(data)
        return data

    def _hours_clean(self, data: dict[str, Any]) -> None:
        days = {}
        for day in DAYS:
            try:
                days[day] = spans_read(data.get(f"hours_{day}") or "")
            except HoursError as exc:
                self.add_error(f"hours_{day}", gettext(str(exc)))
        self.instance.hours = days_stored(days)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # missing in the stubs
        data, row = self.cleaned_data, self.instance
        if data.get("goal_percent") is not None:
            row.goal = round(float(data["goal_percent"]) / 100, 4)
        if data.get("when") == ALWAYS:
            row.applies_from = None
        kind, _colon, pk = str(data.get("holds_for", "")).partition(":")
        if kind == "queue":
            row.queue = Queue.objects.get(pk=pk)
            row.pbx = row.queue.pbx
        elif kind == "pbx":
            row.pbx = Pbx.objects.get(pk=pk)


def applies_text(row: QueueDefinition) -> str:
    return f"{row.applies_from:%Y-%m-%d}" if row.applies_from else gettext("all days")


def standing_text(row: QueueDefinition, newer: list[QueueDefinition], *, today: date) -> str:
    """Whether it counts: now, from a day, no more. `newer`: later versions for the same queues."""
    begins = row.applies_from or date.min
    ends = min((one.applies_from or date.min for one in newer), default=None)
    if ends is not None and ends <= begins:
        return gettext("replaced")
    if begins > today:
        return gettext("to come")
    if ends is None or ends > today:
        return gettext("in force")
    return gettext("until %(day)s") % {"day": f"{ends:%Y-%m-%d}"}
