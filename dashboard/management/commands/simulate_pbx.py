"""Run a simulated PBX in the foreground."""

import argparse
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dashboard.gateway.faults import Fault, fault_from_text
from dashboard.gateway.server import CannotListen, PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.gateway.surface.settings import ApiSettings
from dashboard.gateway.webhooks import Hooks, hooks_below

LOOK_EVERY_S = 1.0


class Command(BaseCommand):
    """`manage.py simulate_pbx`: serves until Ctrl-C or SIGTERM."""

    help = "Serves the documented PBX API over a simulated call centre, until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--host", default="127.0.0.1", help="Address to listen on (%(default)s).")
        parser.add_argument(
            "--port", type=int, default=0, help="Port to listen on; 0 takes any that is free."
        )
        parser.add_argument("--agents", type=int, default=40, help="Number of agents (%(default)s).")
        parser.add_argument("--queues", type=int, default=8, help="Number of queues (%(default)s).")
        parser.add_argument("--seed", type=int, default=1, help="Another seed makes another call centre.")
        parser.add_argument("--speed", type=float, default=1.0, help="How many times faster time runs.")
        parser.add_argument("--activity", type=float, default=1.0, help="Multiplies all arrivals.")
        parser.add_argument("--quiet", action="store_true", help="Nothing happens: nobody calls or moves.")
        parser.add_argument("--real-hours", action="store_true", help="Real nights and weekends.")
        parser.add_argument(
            "--history-days", type=int, default=0, help="Days of statistics before the start (%(default)s)."
        )
        parser.add_argument("--timezone", default="Europe/Prague", help="Time zone of the PBX (%(default)s).")
        parser.add_argument("--login", default="api", help="Login of the API's account (%(default)s).")
        parser.add_argument("--password", default="demo", help="Its password (%(default)s).")
        parser.add_argument(
            "--fault",
            action="append",
            default=[],
            type=_fault,
            metavar="ACTION=KIND[:name=value,...]",
            help="A misbehaviour from the start, e.g. 'RTStatsCalls=delay:seconds=2'; * is every action.",
        )
        parser.add_argument(
            "--control",
            nargs="?",
            const="",
            metavar="SECRET",
            help="Open /control to programs on this machine, with a secret if one is given.",
        )
        parser.add_argument(
            "--hooks",
            type=_hooks,
            metavar="URL",
            help="Send the documented webhooks of each call here, such as 'http://127.0.0.1:8000/hooks/secret'.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until told to stop."""
        told = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: told.set())
        try:
            with running_pbx(
                _simulation(options),
                api=_api(options),
                faults=options["fault"],
                host=options["host"],
                port=options["port"],
                control_secret=options["control"],
                hooks=options["hooks"],
            ) as pbx:
                self.stdout.write(f"Simulated PBX ready at {pbx.url}")
                self.stdout.flush()
                _wait(pbx, told)
        except (CannotListen, ValueError) as error:
            raise CommandError(str(error), returncode=2) from error


def _simulation(options: dict[str, Any]) -> SimulationSettings:
    return SimulationSettings(
        agents=options["agents"],
        queues=options["queues"],
        seed=options["seed"],
        speed=options["speed"],
        activity=options["activity"],
        timezone=options["timezone"],
        is_quiet=options["quiet"],
        is_always_mid_shift=not options["real_hours"],
        history_days=options["history_days"],
    )


def _api(options: dict[str, Any]) -> ApiSettings:
    return ApiSettings(login=options["login"], password=options["password"], timezone=options["timezone"])


def _wait(pbx: PbxServer, told: threading.Event) -> None:
    while not told.wait(LOOK_EVERY_S):
        if not pbx.is_running:
            raise CommandError("The simulated PBX stopped by itself.")


def _hooks(text: str) -> Hooks:
    try:
        return hooks_below(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _fault(text: str) -> tuple[str, Fault]:
    try:
        return fault_from_text(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
