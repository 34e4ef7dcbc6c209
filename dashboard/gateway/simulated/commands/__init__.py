"""What the simulated call centre can be told to do."""

from dashboard.gateway.simulated.commands.editing import EditingCommands
from dashboard.gateway.simulated.commands.origination import OriginationCommands
from dashboard.gateway.simulated.commands.sessions import SessionCommands
from dashboard.gateway.simulated.commands.stage import Stage
from dashboard.gateway.simulated.commands.telephony import TelephonyCommands


class SimulatedCommands:
    """Every command, by subject."""

    def __init__(self, stage: Stage) -> None:
        self.sessions = SessionCommands(stage)
        self.telephony = TelephonyCommands(stage)
        self.origination = OriginationCommands(stage)
        self.editing = EditingCommands(stage)
