"""Telephones: which there are, who sits at them, and what they are in use for."""

from dashboard.gateway.engine import AgentState, Device, DeviceStatus
from dashboard.gateway.simulated.acd import Acd
from dashboard.gateway.simulated.floor import Agent, LineUse
from dashboard.gateway.simulated.world import World

DEVICE_STATUS = {
    AgentState.LOGGED: DeviceStatus.AVAILABLE,
    AgentState.IDLE: DeviceStatus.AVAILABLE,
    AgentState.PAUSED: DeviceStatus.AVAILABLE,
    AgentState.CALLING: DeviceStatus.IN_USE,
    AgentState.RINGING: DeviceStatus.RINGING,
    AgentState.SPEAKING: DeviceStatus.IN_USE,
    AgentState.ON_HOLD: DeviceStatus.ON_HOLD,
}
STAYS_REGISTERED_EVERY = 3
SIP_PORT = 5060


class Lines:
    """The telephones of users, and spare ones fixed to nobody."""

    def __init__(self, *, world: World, acd: Acd) -> None:
        self._world, self._acd = world, acd

    def exists(self, extension: str) -> bool:
        """Whether there is a line of this extension."""
        return extension in self._world.plan.spare_extensions or self.owner_id(extension) is not None

    def owner_id(self, extension: str) -> int | None:
        """The user to whose account the line is fixed."""
        users = self._world.directory.users.values()
        return next((u.id for u in users if u.extension == extension and not u.is_deleted), None)

    def sitter(self, extension: str) -> Agent | None:
        """The agent who is logged in to the call centre at this line."""
        agents = self._world.agents.values()
        return next((a for a in agents if a.extension == extension and a.state is not None), None)

    def user_id(self, extension: str) -> int | None:
        """Who sits there, or else whose line it is."""
        sitter = self.sitter(extension)
        return sitter.user.id if sitter else self.owner_id(extension)

    def is_free(self, extension: str) -> bool:
        """Whether the telephone is neither in a call nor rings."""
        sitter = self.sitter(extension)
        return extension not in self._world.busy_lines and (sitter is None or not sitter.is_busy)

    def occupy(self, extension: str, status: DeviceStatus) -> LineUse:
        """The telephone is used for something other than a call of the call centre."""
        use = self._world.busy_lines[extension] = LineUse(status)
        return use

    def is_used(self, extension: str, use: LineUse) -> bool:
        """Whether it is still used for this."""
        return self._world.busy_lines.get(extension) is use

    def release(self, extension: str, use: LineUse, *, takes_call: bool = True) -> None:
        """The telephone is free again, if this is what it was used for; who sits there takes a call that waits."""
        if not self.is_used(extension, use):
            return
        del self._world.busy_lines[extension]
        sitter = self.sitter(extension)
        if sitter is not None and takes_call:
            self._acd.call_take(sitter)

    def devices(self) -> tuple[Device, ...]:
        """All telephones with their state."""
        sitters = {a.extension: a for a in self._world.agents.values() if a.state is not None}
        fixed = [
            self._device(user.extension, number=user.id, sitters=sitters)
            for user in self._world.directory.users.values()
            if user.extension and not user.is_deleted
        ]
        first = self._world.plan.agent_ids.stop
        spare = [
            self._device(extension, number=number, sitters=sitters)
            for number, extension in enumerate(self._world.plan.spare_extensions, start=first)
        ]
        return (*fixed, *spare)

    def _device(self, extension: str, *, number: int, sitters: dict[str, Agent]) -> Device:
        """Some telephones stay registered while nobody is logged in there."""
        sitter, is_there = sitters.get(extension), True
        status = DeviceStatus.AVAILABLE
        if sitter is not None and sitter.state is not None:
            status = DEVICE_STATUS[sitter.state]
        elif number in self._world.plan.agent_ids and number % STAYS_REGISTERED_EVERY:
            is_there, status = False, DeviceStatus.UNAVAILABLE
        if extension in self._world.busy_lines and status in {
            DeviceStatus.AVAILABLE,
            DeviceStatus.UNAVAILABLE,
        }:
            is_there, status = True, self._world.busy_lines[extension].status
        address = f"10.20.{number // 250}.{number % 250 + 2}" if is_there else None
        return Device(extension, status, address, SIP_PORT if is_there else 0)
