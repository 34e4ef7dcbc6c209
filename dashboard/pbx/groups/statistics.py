"""Statistics: what happens now, and what happened."""

from dashboard.pbx.groups.statistics_history import HistoryStatistics
from dashboard.pbx.groups.statistics_live import LiveStatistics


class Statistics(LiveStatistics, HistoryStatistics):
    """All actions of the section Statistics."""
