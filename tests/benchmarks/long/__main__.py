"""python -m tests.benchmarks.long [NAME …]: one JSON line per figure; exit code 1 if one is over its limit."""

from __future__ import annotations

import os
import sys
import tempfile
import time


def main(names: list[str]) -> int:
    """Everything runs on a server that is there only for this. Django is set up for it before anything of ours is imported."""
    from tests.postgres import postgres

    with postgres() as url, tempfile.TemporaryDirectory(prefix="wallboard-bench-") as folder:
        os.environ |= {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "wallboard.settings",
            "SECRET_KEY": "only for benchmarks, and long enough for that",
            "WALLBOARD_DATA": folder,
        }
        import django

        django.setup()
        _plain_static_files()
        return _measured(names)


def _plain_static_files() -> None:
    """Pages are rendered without the manifest that `prepare` makes."""
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]


def _measured(names: list[str]) -> int:
    from django.core.management import call_command

    from dashboard.consumers import signals
    from tests.benchmarks.long.figures import BENCHMARKS
    from tests.benchmarks.report import say, tell

    signals.disconnect()
    call_command("migrate", interactive=False, verbosity=0)
    are_ok = []
    for benchmark in BENCHMARKS:
        if names and benchmark.name not in names:
            continue
        say(f"{benchmark.name} …")
        started = time.monotonic()
        are_ok.append(tell(benchmark, benchmark.measure()))
        say(f"{benchmark.name} took {time.monotonic() - started:.0f} s")
    return 0 if all(are_ok) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
