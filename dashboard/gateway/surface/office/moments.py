"""Moments in the loose words that PHP understands; the commonest of them."""

import re
from datetime import datetime, time, timedelta

from dashboard.gateway.surface.asking import ApiError
from dashboard.gateway.surface.times import FORM, PbxTime

UNITS_S = {
    "sec": 1,
    "second": 1,
    "min": 60,
    "minute": 60,
    "hour": 3600,
    "day": 86_400,
    "week": 7 * 86_400,
    "fortnight": 14 * 86_400,
}
RELATIVE = re.compile(r"([+-]?)\s*([0-9]{1,6})\s*([a-z]+?)s?(\s+ago)?(?=\s|$)")
SECONDS_OF_1970 = re.compile(r"^@([0-9]{1,11})$")
DAYS = {"yesterday": -1, "midnight": 0, "today": 0, "tomorrow": 1}
CLOCK_FORMS = ("%H:%M:%S", "%H:%M")
DATE_FORMS = ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y")


def moment_meant(text: str, *, time: PbxTime, now_at: int) -> int:
    """What `text` means now: a date, a time of day, `tomorrow 8:00`, `+2 hours`, `@` and seconds since 1970 UTC."""
    words = text.strip().lower()
    if seconds := SECONDS_OF_1970.match(words):
        return int(seconds[1]) * 1000
    rest, shift_s = _shift(words)
    try:
        local = _local(rest.split(), now=datetime.strptime(time.text(now_at), FORM))  # noqa: DTZ007 - local time
        return time.moment_at(f"{local + timedelta(seconds=shift_s):{FORM}}")
    except (ValueError, OverflowError) as error:
        raise ApiError("Parametr time není datum ani čas") from error


def _shift(words: str) -> tuple[str, int]:
    """The text without its `+2 hours`, and their sum in seconds."""
    shift_s = 0

    def taken(match: re.Match[str]) -> str:
        nonlocal shift_s
        sign, count, unit, ago = match.groups()
        if unit not in UNITS_S:
            return match[0]
        shift_s += int(count) * UNITS_S[unit] * (-1 if (sign == "-") is not bool(ago) else 1)
        return ""

    return RELATIVE.sub(taken, words), shift_s


def _local(words: list[str], *, now: datetime) -> datetime:
    """The local time that these words mean; ValueError if one of them means nothing."""
    found = now
    for word in words:
        if word in DAYS:
            found = datetime.combine(now.date() + timedelta(days=DAYS[word]), time.min)
        elif (clock := _parsed(word, CLOCK_FORMS)) is not None:
            found = datetime.combine(found.date(), clock.time())
        elif (day := _parsed(word, DATE_FORMS)) is not None:
            found = day
        elif word != "now":
            raise ValueError(f"{word} is no moment.")
    return found


def _parsed(word: str, forms: tuple[str, ...]) -> datetime | None:
    for form in forms:
        try:
            return datetime.strptime(word, form)  # noqa: DTZ007 - local time, without its zone
        except ValueError:
            continue
    return None
