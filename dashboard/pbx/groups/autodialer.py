"""Autodialer: checks of numbers, on its own central host."""

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.ids import Phone
from dashboard.pbx.request import Host, Request, given
from dashboard.pbx.shapes import one, rows
from dashboard.pbx.wire.forms import NumberChecked, NumberStatus

CHECKED = one(NumberChecked)
STATUSES = rows(NumberStatus)


class Autodialer(Group):
    @Action
    @staticmethod
    def check_number(number: Phone, *, deadline_s: float | None = None) -> Request[NumberChecked]:
        """CheckNumber: the status of a number."""
        return Request(
            action="CheckNumber",
            version="4.0",
            host=Host.AUTODIALER,
            params=given({"number": number}),
            shape=CHECKED,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def statuses(*, deadline_s: float | None = None) -> Request[list[NumberStatus]]:
        """GetStatuses 4.0: the statuses that a checked number can have."""
        return Request(
            action="GetStatuses",
            version="4.0",
            host=Host.AUTODIALER,
            shape=STATUSES,
            deadline_s=deadline_s,
        )
