"""Lines: the state of every phone, and who sits at it."""

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.ids import Extension
from dashboard.pbx.request import Request, given
from dashboard.pbx.shapes import Page, page, rows
from dashboard.pbx.wire.directory import Device, User

DEVICES = rows(Device)
USERS = page(User)


class Lines(Group):
    @Action
    @staticmethod
    def device_states(*, deadline_s: float | None = None) -> Request[list[Device]]:
        """DeviceStates: every line of the PBX with its state."""
        return Request(action="DeviceStates", version="3.0", shape=DEVICES, deadline_s=deadline_s)

    @Action
    @staticmethod
    def users(extension: Extension, *, deadline_s: float | None = None) -> Request[Page[User]]:
        """GetExtensionUsers: the users of a line, all on one page without a total."""
        return Request(
            action="GetExtensionUsers",
            version="4.1",
            params=given({"extension": extension}),
            shape=USERS,
            deadline_s=deadline_s,
        )
