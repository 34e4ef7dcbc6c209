"""Pauses: their list, in the new and the old form; putting agents on them."""

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.ids import Extension, Login, PauseId
from dashboard.pbx.request import Effect, Request, given, one_of, yes_no
from dashboard.pbx.shapes import found, nothing, rows_by_id
from dashboard.pbx.wire.directory import OldPause, Pause
from dashboard.pbx.wire.states import PauseType

PAUSES = rows_by_id(Pause, key="pause")
OLD_PAUSES = rows_by_id(OldPause, key="pcode_id")
OLD_PAUSE = found(OldPause, key="pcode_id")
NOTHING = nothing()


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

    @Action
    @staticmethod
    def create(
        *,
        title: str,
        type: PauseType,  # noqa: A002 - the API's name
        paid: bool,
        pause: PauseId | None = None,
        code: str | None = None,
        old_names: bool = False,
        deadline_s: float | None = None,
    ) -> Request[None]:
        """CreatePause; edits the pause if its ID is given.

        `old_names` sends `name` and `billable` as the document's examples do, for a PBX that refuses the
        listed `title` and `paid`.
        """
        if type is PauseType.UNKNOWN:
            raise ValueError("A pause can be normal, wrap or lajdak.")
        title_name, paid_name = ("name", "billable") if old_names else ("title", "paid")
        return Request(
            action="CreatePause",
            version="3.3",
            effect=Effect.ACTION,
            id=pause,
            params=given({title_name: title, "type": type, paid_name: yes_no(paid), "code": code}),
            shape=NOTHING,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def on(
        *,
        pause: PauseId,
        user: Login | None = None,
        extension: Extension | None = None,
        force: bool | None = None,
        deadline_s: float | None = None,
    ) -> Request[None]:
        """PauseOn, or change of pause. `force` also while the agent has a call. PbxUnknownPause if there is none."""
        params = one_of(user=user, extension=extension) + given({"pause": pause, "force": yes_no(force)})
        return Request(
            action="PauseOn",
            version="3.0",
            effect=Effect.ACTION,
            params=params,
            shape=NOTHING,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def off(
        *, user: Login | None = None, extension: Extension | None = None, deadline_s: float | None = None
    ) -> Request[None]:
        """PauseOff. An open form prevents it."""
        return Request(
            action="PauseOff",
            version="3.0",
            effect=Effect.ACTION,
            params=one_of(user=user, extension=extension),
            shape=NOTHING,
            deadline_s=deadline_s,
        )
