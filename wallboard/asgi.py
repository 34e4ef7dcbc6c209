"""The ASGI application: pages through Django, sockets through Channels' routing, origin check and session."""

import gc
import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import OriginValidator
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wallboard.settings")
pages = get_asgi_application()

# Both need the applications to be loaded.
from dashboard import conf  # noqa: E402
from dashboard.consumers.live_socket import DirectSend  # noqa: E402
from dashboard.consumers.routing import socket_routes  # noqa: E402
from dashboard.views.hook_door import HookDoor  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": HookDoor(pages),  # type: ignore[arg-type]  # the stubs want read-only messages
        "websocket": DirectSend(
            OriginValidator(AuthMiddlewareStack(URLRouter(socket_routes)), conf.origins().allowed)
        ),
    }
)

# What is loaded now stays as long as the process: the garbage collector need not walk through it again and again.
gc.freeze()
