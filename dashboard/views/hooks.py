"""The PBX's webhooks: answered at once, whatever else is slow or down."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dashboard import conf
from dashboard.access.address import client_address
from dashboard.contacts import guesses, selectors, services
from dashboard.contacts.hook import hook_read
from dashboard.polling.nudge import poll_nudge


# The PBX has neither session nor cookie that a foreign page could misuse; the secret in the path is all that counts.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hook(request: HttpRequest, secret: str) -> HttpResponse:
    """What is known of the caller as flat JSON, {} if nothing. The PBX is polled at once."""
    stream = selectors.hook_stream(secret)
    if stream is None:
        return _unknown(request)
    call = hook_read(request.META.get("QUERY_STRING", ""), _form(request), country=conf.phone_country())
    poll_nudge(stream)
    return _Answered(services.hook_answer(call, stream=stream))


class _Answered(JsonResponse):
    """Does the rest when it is closed, as every server does once an answer is sent: the PBX waits for nothing else."""

    def __init__(self, known: services.HookAnswer) -> None:
        super().__init__(known.answer)
        self._afterwards = known.afterwards

    def close(self) -> None:
        super().close()
        self._afterwards()


def _form(request: HttpRequest) -> str:
    """The form as it was sent, since Django's reading takes an unescaped plus sign for a blank."""
    if request.content_type == "multipart/form-data":
        return "&".join(f"{name}={value}" for name, value in request.POST.items())
    return request.body.decode(errors="replace") if request.method == "POST" else ""


def _unknown(request: HttpRequest) -> HttpResponse:
    if guesses.guess_counted(client_address(request)):
        return HttpResponse(status=429, headers={"Retry-After": str(guesses.WITHIN_S)})
    return HttpResponse(status=404)
