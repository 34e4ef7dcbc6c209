"""What is kept in the database."""

from dashboard.models.board import Board
from dashboard.models.contact import Contact, ContactImport, ContactNumber
from dashboard.models.hooks import Hook
from dashboard.models.pbx import Pbx

__all__ = ["Board", "Contact", "ContactImport", "ContactNumber", "Hook", "Pbx"]
