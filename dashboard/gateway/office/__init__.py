"""What an engine keeps beside its calls: campaigns, call scripts, short messages, e-mails, activities and events.

Plain stores that know neither HTTP nor the API's words. An engine gives them its clock and guards them with its lock.
"""

from dataclasses import dataclass
from typing import Protocol

from dashboard.gateway.office.desk import Desk
from dashboard.gateway.office.forms import Record
from dashboard.gateway.office.outbox import Outbox
from dashboard.gateway.office.records import Records


class Scripts(Protocol):
    """The call scripts that are open: at most one for each agent."""

    def open_record(self, user_id: int) -> Record | None:
        """The record whose script the agent has open."""
        ...

    def user_of(self, record_id: int) -> int | None:
        """Who has the script of this record open."""
        ...

    def close(self, user_id: int, *, pause_id: int | None) -> bool:
        """Close the agent's script and end their after-call work, with this pause if one is given.

        False if there can be no pause because the agent is in no queue; the script is closed even so.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class Office:
    """All of it. `sms` is the hosted gateway with SIM cards, `connect` the one that needs none."""

    records: Records
    scripts: Scripts
    sms: Outbox
    connect: Outbox
    desk: Desk

    def has_open_script(self, user_id: int) -> bool:
        """Whether the agent must first save a call script before they end a pause or log out."""
        return self.scripts.open_record(user_id) is not None
