"""Where each user begins."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from dashboard.boards import selectors


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The only board if there is just one, else the list of boards."""
    boards = selectors.boards_of(request.user)
    return redirect("board", slug=boards[0].slug) if len(boards) == 1 else redirect("boards")
