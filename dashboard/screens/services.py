"""What happens to screens after they are paired."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.utils import timezone

from dashboard.hub.protocol import Report
from dashboard.models import Screen

SIZE_AT_MOST: Final = 100_000
SOUNDS: Final = frozenset(Screen.Sound.values)


def screen_revoke(screen: Screen) -> None:
    """Shut the screen out. Its socket is closed at the next look at open sockets, which saving asks for at once."""
    screen.revoked_at = timezone.now()
    screen.save(update_fields=["revoked_at"])


def screens_seen(hashes: Collection[str]) -> None:
    """Note that these screens are on. One query; tells nobody."""
    Screen.objects.filter(key_hash__in=hashes).update(seen_at=timezone.now())


def screen_reported(key_hash: str, report: Report) -> None:
    """Keep what the screen says of itself. It is a stranger's word: sizes and texts are cut, unknown words dropped."""
    values: dict[str, object] = {
        "width": min(max(report.width, 0), SIZE_AT_MOST),
        "height": min(max(report.height, 0), SIZE_AT_MOST),
        "build": report.build[:40],
        "sound": report.sound if report.sound in SOUNDS else "",
        "seen_at": timezone.now(),
    }
    if report.error:
        values |= {"last_error": report.error[:300], "error_at": timezone.now()}
    Screen.objects.filter(key_hash=key_hash).update(**values)
