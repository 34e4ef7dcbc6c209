"""Where each user begins."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from dashboard.boards import selectors
from dashboard.supervision.rights import may_supervise
from dashboard.views.reports.door import VIEW_REPORTS

MANAGERS: Final = "manager"
SUPERVISORS: Final = "supervisor"


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Supervisors begin at their desk, managers with the reports; others with the only board, or with the list of boards."""
    if may_supervise(request.user) and request.user.groups.filter(name=SUPERVISORS).exists():
        return redirect("supervision")
    if request.user.groups.filter(name=MANAGERS).exists() and request.user.has_perm(VIEW_REPORTS):
        return redirect("reports")
    boards = selectors.boards_of(request.user)
    return redirect("board", slug=boards[0].slug) if len(boards) == 1 else redirect("boards")
