"""Pauses: their list, in the new and the old form."""

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.ids import PauseId
from dashboard.pbx.request import Request
from dashboard.pbx.shapes import found, rows_by_id
from dashboard.pbx.wire.directory import OldPause, Pause

PAUSES = rows_by_id(Pause, key="pause")
OLD_PAUSES = rows_by_id(OldPause, key="pcode_id")
OLD_PAUSE = found(OldPause, key="pcode_id")


class Pauses(Group):
    @Action
    @staticmethod
    def all(*, deadline_s: float | None = None) -> Request[dict[PauseId, Pause]]:
        """GetPauses 3.3: every pause by its ID, deleted ones too. Tells the wrap pause from the others."""
        return Request(action="GetPauses", version="3.3", shape=PAUSES, deadline_s=deadline_s)

    @Action
    @staticmethod
    def all_old(*, deadline_s: float | None = None) -> Request[dict[PauseId, OldPause]]:
        """GetPauses 3.0, for a PBX that does not know the newer form."""
        return Request(action="GetPauses", version="3.0", shape=OLD_PAUSES, deadline_s=deadline_s)

    @Action
    @staticmethod
    def one_old(pause: PauseId, *, deadline_s: float | None = None) -> Request[OldPause | None]:
        """GetPauses 3.0 with an ID; None if there is no such pause."""
        return Request(action="GetPauses", version="3.0", id=pause, shape=OLD_PAUSE, deadline_s=deadline_s)
