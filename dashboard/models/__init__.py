"""What is kept in the database."""

from dashboard.models.board import Board
from dashboard.models.calendar import Holiday
from dashboard.models.contact import Contact, ContactImport, ContactNumber
from dashboard.models.hooks import Hook
from dashboard.models.pbx import Pbx
from dashboard.models.people import PbxAccount, Profile, Team
from dashboard.models.queue import Queue
from dashboard.models.screens import Announcement, Pairing, Playlist, PlaylistEntry, Screen

__all__ = [
    "Announcement",
    "Board",
    "Contact",
    "ContactImport",
    "ContactNumber",
    "Holiday",
    "Hook",
    "Pairing",
    "Pbx",
    "PbxAccount",
    "Playlist",
    "PlaylistEntry",
    "Profile",
    "Queue",
    "Screen",
    "Team",
]
