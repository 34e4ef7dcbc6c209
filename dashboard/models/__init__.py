"""What is kept in the database."""

from dashboard.models.board import Board
from dashboard.models.pbx import Pbx

__all__ = ["Board", "Pbx"]
