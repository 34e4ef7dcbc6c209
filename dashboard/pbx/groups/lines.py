"""Lines: the state of every phone."""

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.request import Request
from dashboard.pbx.shapes import rows
from dashboard.pbx.wire.directory import Device

DEVICES = rows(Device)


class Lines(Group):
    @Action
    @staticmethod
    def device_states(*, deadline_s: float | None = None) -> Request[list[Device]]:
        """DeviceStates: every line of the PBX with its state."""
        return Request(action="DeviceStates", version="3.0", shape=DEVICES, deadline_s=deadline_s)
