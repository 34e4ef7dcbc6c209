"""Today, queue by queue."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from dashboard.access import scope_of
from dashboard.views.reports.door import page, report
from dashboard.views.reports.live import live_read
from dashboard.views.reports.queues import queues_of


@report
def today(request: HttpRequest) -> HttpResponse:
    """Renews itself; see static/js/reports/refresh.js."""
    queues = [queue for queue in queues_of(scope_of(request.user)) if not queue.is_gone]
    live = live_read({queue.pbx.slug for queue in queues})
    rows = [{"queue": queue, "now": live.queue(queue.pbx.slug, queue.queue_id)} for queue in queues]
    return page(request, "today", {"rows": rows, "live": live}, tab="reports")
