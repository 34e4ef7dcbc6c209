"""The stock board behind the usual middleware: origin, session and user are checked as ours are."""

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import OriginValidator
from django.core.asgi import get_asgi_application

pages = get_asgi_application()

# Both need the applications to be loaded.
from django.urls import re_path  # noqa: E402

from dashboard import conf  # noqa: E402
from tests.benchmarks.stock import Board  # noqa: E402

board = re_path(r"^board/$", Board.as_asgi())
application = ProtocolTypeRouter(
    {
        "http": pages,
        "websocket": OriginValidator(AuthMiddlewareStack(URLRouter([board])), conf.origins().allowed),
    }
)
