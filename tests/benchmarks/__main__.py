"""python -m tests.benchmarks [NAME …]: one JSON line per figure; exit code 1 if one is over its limit or was not measured."""

from __future__ import annotations

import signal
import sys
import time
from types import FrameType
from typing import Final

from tests.benchmarks import drawing, fanout, glass, hook_answer, nudge, paint, tick, traffic
from tests.benchmarks.report import Benchmark, NotMeasured, say, tell

BENCHMARKS: Final[tuple[Benchmark, ...]] = (
    tick.TICK_CPU_RATIO,
    fanout.FANOUT_CPU_RATIO,
    traffic.IDLE_STATE_BYTES,
    traffic.DELTA_SHARE,
    glass.GLASS_LATENCY_P99_MS,
    nudge.NUDGE_LATENCY_P99_MS,
    hook_answer.HOOK_ANSWER_P99_MS,
    drawing.APPLY_P95_MS,
    paint.FIRST_FIGURES_P95_MS,
)

LONGEST_S: Final = 300


def main(names: list[str]) -> int:
    """Run those named, or all; the exit code."""
    unknown = sorted(set(names) - {benchmark.name for benchmark in BENCHMARKS})
    if unknown:
        known = ", ".join(benchmark.name for benchmark in BENCHMARKS)
        say(f"There is no benchmark {unknown[0]}; there are {known}.")
        return 2
    chosen = [benchmark for benchmark in BENCHMARKS if not names or benchmark.name in names]
    are_ok = [_run(benchmark) for benchmark in chosen]
    return 0 if all(are_ok) else 1


def _run(benchmark: Benchmark) -> bool:
    say(f"{benchmark.name} …")
    started = time.monotonic()
    signal.alarm(LONGEST_S)
    try:
        is_ok = tell(benchmark, benchmark.measure())
    except NotMeasured as exc:
        say(f"{benchmark.name} could not be measured: {exc}")
        return False
    finally:
        signal.alarm(0)
    say(f"{benchmark.name} took {time.monotonic() - started:.0f} s")
    return is_ok


def _on_alarm(_number: int, _frame: FrameType | None) -> None:
    raise NotMeasured(f"it took longer than {LONGEST_S} s.")


def _on_sigterm(_number: int, _frame: FrameType | None) -> None:
    sys.exit(143)


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, _on_alarm)
    signal.signal(signal.SIGTERM, _on_sigterm)
    sys.exit(main(sys.argv[1:]))
