"""Asks a PBX by hand: for whoever debugs one at the customer's."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dashboard.connection import client_of
from dashboard.models import Pbx
from dashboard.pbx.catalogue import (
    VARIANTS,
    UnknownAction,
    Variant,
    WrongParameters,
    request_by_hand,
    variant,
    without_secrets,
)
from dashboard.pbx.client import PbxClient
from dashboard.pbx.errors import PbxError
from dashboard.pbx.request import Effect, Params


def _parameter(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form name=value.")
    return name, value


class Command(BaseCommand):
    help = "Calls an action of the PBX's documented API and prints its answer as JSON; lists and describes the actions."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        call = verbs.add_parser("call", help="call an action")
        call.add_argument("action", help="such as RTStatsCalls, or GetPauses@3.0 for an older version")
        call.add_argument(
            "parameters", nargs="*", type=_parameter, metavar="name=value", help="arrays as queues[0]=3"
        )
        call.add_argument("--pbx", help="slug of the PBX; not needed if there is only one")
        call.add_argument("--deadline", type=float, default=30.0, metavar="SECONDS", help="default: 30")
        call.add_argument("--save", type=Path, metavar="FILE", help="where GetRecording puts the sound")
        call.add_argument("--yes", action="store_true", help="really call an action that changes something")
        show = verbs.add_parser("show", help="what an action needs")
        show.add_argument("action")
        listing = verbs.add_parser("list", help="all actions")
        listing.add_argument(
            "text", nargs="?", default="", help="only those that have this in their name or title"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['verb']}")(**options)
        except (UnknownAction, WrongParameters) as exc:
            raise CommandError(str(exc)) from exc

    def _list(self, *, text: str, **_: Any) -> None:
        wanted = text.lower()
        for row in VARIANTS:
            if wanted in row.action.lower() or wanted in row.title.lower():
                self.stdout.write(f"{row.action}@{row.version:<4} {row.title}")

    def _show(self, *, action: str, **_: Any) -> None:
        row = _variant(action)
        lines = [f"{row.action} {row.version}: {row.title}"]
        lines += [f"  needs     {name}" for name in row.required]
        lines += [f"  one of    {', '.join(group)}" for group in row.one_of]
        lines += [f"  may have  {', '.join(row.optional)}"] if row.optional else []
        lines += ["  changes something: needs --yes"] if row.effect is Effect.ACTION else []
        self.stdout.write("\n".join(lines))

    def _call(self, *, action: str, parameters: list[tuple[str, str]], **options: Any) -> None:
        row = _variant(action)
        request = request_by_hand(row, Params(parameters), deadline_s=options["deadline"])
        if row.effect is Effect.ACTION and not options["yes"]:
            raise CommandError(
                f"{row.action} changes something at the PBX. Say --yes if that is what you want."
            )
        pbx = _pbx(options["pbx"])
        try:
            with client_of(pbx) as client:
                if row.action == "GetRecording":
                    _recording_save(client, dict(parameters), options["save"])
                    return
                answer = client.fetch(request)
        except PbxError as exc:
            raise CommandError(str(exc)) from exc
        except (ValueError, OSError) as exc:
            raise CommandError(str(exc)) from exc
        self.stdout.write(json.dumps(without_secrets(answer.value), ensure_ascii=False, indent=2))
        self.stderr.write(f"{answer.elapsed_s * 1000:.0f} ms")


def _variant(text: str) -> Variant:
    action, _, version = text.partition("@")
    return variant(action, version=version or None)


def _pbx(slug: str | None) -> Pbx:
    found = list(Pbx.objects.filter(slug=slug) if slug else Pbx.objects.all())
    if len(found) == 1:
        return found[0]
    known = ", ".join(Pbx.objects.values_list("slug", flat=True))
    if not known:
        raise CommandError("There is no PBX yet; enter one in the administration.")
    raise CommandError(
        f"There is no PBX {slug}; known are {known}." if slug else f"Say which with --pbx: {known}."
    )


def _recording_save(client: PbxClient, parameters: dict[str, str], path: Path | None) -> None:
    if path is None:
        raise CommandError("GetRecording answers with sound: say where to put it with --save FILE.")
    client.save_recording(parameters["recording_hash"], path)
