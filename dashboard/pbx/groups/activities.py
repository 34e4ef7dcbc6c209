"""Activities: their statuses."""

from collections.abc import Iterable

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.ids import StatusName
from dashboard.pbx.request import Effect, Request, brackets, given
from dashboard.pbx.shapes import nothing

NOTHING = nothing()


class Activities(Group):
    @Action
    @staticmethod
    def close(activity: str, *, status: StatusName, deadline_s: float | None = None) -> Request[None]:
        """ActivityClose, by unique name. PbxUnknownStatus if there is no such status."""
        return Request(
            action="ActivityClose",
            version="4.0",
            effect=Effect.ACTION,
            params=given({"activity": activity, "status": status}),
            shape=NOTHING,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def update(
        activities: Iterable[str], *, status: StatusName, deadline_s: float | None = None
    ) -> Request[None]:
        """ActivityUpdate: give activities, by unique name, a status."""
        return Request(
            action="ActivityUpdate",
            version="4.0",
            effect=Effect.ACTION,
            params=brackets("activities", activities) + given({"status": status}),
            shape=NOTHING,
            deadline_s=deadline_s,
        )
