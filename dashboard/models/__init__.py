"""What is kept in the database."""

from dashboard.models.audit import ActionEvent, ActionRule, AuditRetention, OpenAction
from dashboard.models.board import Board
from dashboard.models.calendar import Holiday
from dashboard.models.contact import Contact, ContactImport, ContactNumber
from dashboard.models.definition import QueueDefinition
from dashboard.models.history import CallAttempt, CallRecord
from dashboard.models.history_agents import Agent, AgentStay, PauseKind
from dashboard.models.history_reading import (
    Coverage,
    HistoryPolicy,
    ReadingFailure,
    Reconciliation,
    RejectedRow,
)
from dashboard.models.history_rollup import ReadyTime, ReadyTotal, RollUp, RollUpBasis, RollUpTotal
from dashboard.models.hooks import Hook
from dashboard.models.lost_case import LostCase
from dashboard.models.outgoing import ApiToken, ReportDelivery, ReportSubscription
from dashboard.models.pbx import Pbx
from dashboard.models.people import PbxAccount, Profile, Team
from dashboard.models.picture import Picture
from dashboard.models.queue import Queue
from dashboard.models.screens import Announcement, Pairing, Playlist, PlaylistEntry, Screen

__all__ = [
    "ActionEvent",
    "ActionRule",
    "Agent",
    "AgentStay",
    "Announcement",
    "ApiToken",
    "AuditRetention",
    "Board",
    "CallAttempt",
    "CallRecord",
    "Contact",
    "ContactImport",
    "ContactNumber",
    "Coverage",
    "HistoryPolicy",
    "Holiday",
    "Hook",
    "LostCase",
    "OpenAction",
    "Pairing",
    "PauseKind",
    "Pbx",
    "PbxAccount",
    "Picture",
    "Playlist",
    "PlaylistEntry",
    "Profile",
    "Queue",
    "QueueDefinition",
    "ReadingFailure",
    "ReadyTime",
    "ReadyTotal",
    "Reconciliation",
    "RejectedRow",
    "ReportDelivery",
    "ReportSubscription",
    "RollUp",
    "RollUpBasis",
    "RollUpTotal",
    "Screen",
    "Team",
]
