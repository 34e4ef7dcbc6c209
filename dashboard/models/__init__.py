"""What is kept in the database."""

from dashboard.models.board import Board
from dashboard.models.contact import Contact, ContactImport, ContactNumber
from dashboard.models.hooks import Hook
from dashboard.models.pbx import Pbx
from dashboard.models.people import PbxAccount, Profile, Team
from dashboard.models.queue import Queue

__all__ = [
    "Board",
    "Contact",
    "ContactImport",
    "ContactNumber",
    "Hook",
    "Pbx",
    "PbxAccount",
    "Profile",
    "Queue",
    "Team",
]
