"""The language that a user chose goes before the browser's. It is kept in the session, so that no page asks the database for it."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from dashboard.models import Profile

CHOSEN: Final = "language"


class ChosenLanguage(MiddlewareMixin):
    """After the middlewares of sessions and of the browser's language."""

    def process_request(self, request: HttpRequest) -> None:
        language = request.session.get(CHOSEN)
        if language and translation.check_for_language(language):
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()


def language_choose(request: HttpRequest, language: str) -> None:
    """From now on in this session; "" leaves it to the browser again."""
    if language:
        request.session[CHOSEN] = language
    else:
        request.session.pop(CHOSEN, None)


def _logged_in(request: HttpRequest, user: Any, **_: Any) -> None:
    chosen = Profile.objects.filter(user=user).values_list("language", flat=True).first()
    language_choose(request, chosen or "")


def connect() -> None:
    """Called once, when Django has loaded the models."""
    user_logged_in.connect(_logged_in)
