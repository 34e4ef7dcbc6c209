"""Reads the PBX's past again, whether or not it was read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from dashboard.connection import client_of
from dashboard.history.names import names_read
from dashboard.history.services import span_read, span_steps
from dashboard.history.writing import Written
from dashboard.history.zone import zone_of
from dashboard.models import Pbx
from dashboard.pbx.client import PbxClient
from dashboard.pbx.errors import PbxError


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as exc:
        raise CommandError(f"{text!r} is not a day such as 2026-11-23.") from exc


class Command(BaseCommand):
    help = (
        "Reads calls, attempts and agents' stays of past days from the PBX, latest first. What is stored already is "
        "compared and put right; it can be stopped and started again at any time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="first", required=True, metavar="DAY", help="first day, as 2026-11-01"
        )
        parser.add_argument("--to", dest="last", metavar="DAY", help="last day, included; default: today")
        parser.add_argument("--pbx", help="slug of the PBX; not needed if there is only one")

    def handle(self, *_args: Any, first: str, last: str | None, pbx: str | None, **_options: Any) -> None:
        chosen = _pbx(pbx)
        span = _span(chosen, first=first, last=last)
        try:
            with client_of(chosen) as client:
                self._read(chosen, client, span)
        except PbxError as exc:
            raise CommandError(
                f"{exc.sentence} What was read until now is kept; start it again later."
            ) from exc
        except (ValueError, OSError) as exc:
            raise CommandError(str(exc)) from exc

    def _read(self, pbx: Pbx, client: PbxClient, span: tuple[datetime, datetime]) -> None:
        now_at = timezone.now()
        names_read(pbx, client=client)
        total = Written()
        count = len(span_steps(pbx, now_at=now_at, span=span))
        with tqdm(total=count, unit="part", file=self.stderr, disable=None) as bar:

            def advance(written: Written) -> None:
                nonlocal total
                total = total.plus(written)
                bar.set_postfix_str(f"{len(total.added)} new, {len(total.changed)} changed")
                bar.update()

            span_read(pbx, client=client, now_at=now_at, span=span, advance=advance)
        self.stdout.write(
            f"{pbx.slug}: {len(total.added)} rows new, {len(total.changed)} changed, in {count} parts."
        )


def _pbx(slug: str | None) -> Pbx:
    if slug is None and Pbx.objects.count() == 1:
        return Pbx.objects.get()
    found = Pbx.objects.filter(slug=slug).first() if slug else None
    if found is None:
        known = ", ".join(Pbx.objects.values_list("slug", flat=True)) or "none"
        raise CommandError(f"Say which PBX with --pbx; there are: {known}.")
    return found


def _span(pbx: Pbx, *, first: str, last: str | None) -> tuple[datetime, datetime]:
    zone = zone_of(pbx.timezone)
    from_day, to_day = _day(first), _day(last) if last else zone.day(datetime.now(UTC))
    if from_day > to_day:
        raise CommandError(f"--from ({from_day}) lies after --to ({to_day}).")
    if zone.begin(from_day) > timezone.now():
        raise CommandError(f"--from ({from_day}) lies in the future.")
    return zone.begin(from_day), zone.begin(to_day + timedelta(days=1))
