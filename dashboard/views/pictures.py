"""Pictures of boards: uploaded by those who may change boards, shown to whoever knows the key."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dashboard.boards.pictures import BYTES_MOST, PictureRefused, picture_keep
from dashboard.models import Picture


@require_POST
@login_required
@permission_required("dashboard.change_board", raise_exception=True)
def picture_upload(request: HttpRequest) -> HttpResponse:
    """The file in `picture`; answers with its key, or with a sentence and 400."""
    file = request.FILES.get("picture")
    if file is None:
        return JsonResponse({"error": _("Choose a file first.")}, status=400)
    try:
        picture = picture_keep(file.read(BYTES_MOST + 1), actor=cast("User", request.user))
    except PictureRefused as exc:
        return JsonResponse({"error": str(exc)}, status=400)
    return JsonResponse({"key": picture.key})


@require_safe
def picture(request: HttpRequest, key: str) -> HttpResponse:
    """Nothing in it is ever run, whatever it holds."""
    found = Picture.objects.filter(key=key).first()
    if found is None:
        raise Http404
    answer = HttpResponse(bytes(found.content), content_type=found.content_type)
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Content-Disposition"] = "inline"
    return answer
