"""Addresses of the sockets."""

from django.urls import re_path

from dashboard.consumers.board import board_socket
from dashboard.consumers.live_socket import no_such_socket
from dashboard.consumers.screen import screen_socket
from dashboard.consumers.supervision import supervision_socket

socket_routes = [
    re_path(r"^ws/boards/(?P<slug>[-a-zA-Z0-9_]+)/$", board_socket),  # type: ignore[arg-type]
    re_path(r"^ws/screen/$", screen_socket),  # type: ignore[arg-type]
    re_path(r"^ws/supervision/$", supervision_socket),  # type: ignore[arg-type]
    re_path(r"", no_such_socket),  # type: ignore[arg-type]
]
