"""The texts of the pages' scripts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.i18n import JavaScriptCatalog


class Catalogue(JavaScriptCatalog):
    """In the language that the address asks for (`?cs`), as a board's may differ from the reader's; else in the reader's."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.META.get("QUERY_STRING", "")
        language = asked if translation.check_for_language(asked) else translation.get_language()
        with translation.override(language):
            answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer
