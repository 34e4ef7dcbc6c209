"""The cross-check with the PBX's own totals, over HTTP."""

from __future__ import annotations

import dataclasses

import msgspec

from dashboard.pbx.request import Request
from dashboard.pbx.wire.live import RtSummary
from tests.polling.conftest import Bench


class Miscounting:
    """The PBX's client, behind which the PBX adds five agents to its own totals."""

    def __init__(self, client: object) -> None:
        self._client = client

    def fetch(self, request: Request[object]) -> object:
        answer = self._client.fetch(request)  # type: ignore[attr-defined]
        if isinstance(answer.value, RtSummary):
            more = msgspec.structs.replace(answer.value, users_total=answer.value.users_total + 50)
            return dataclasses.replace(answer, value=more)
        return answer


def test_a_pbx_that_agrees_with_itself_has_no_checks(bench: Bench) -> None:
    for _ in range(4):
        bench.poll(10)
    assert bench.source()["checks"] == []
    assert bench.source()["endpoints"]["RTStatsQueuesSummary"]["error"] is None


def test_totals_that_differ_are_told_after_three_answers_and_logged_once(
    bench: Bench, caplog: object
) -> None:
    bench.poller.client = Miscounting(bench.poller.client)  # type: ignore[assignment]
    bench.poll(10)
    bench.poll(10)
    assert bench.source()["checks"] == []
    for _ in range(3):
        bench.poll(10)
    (check,) = bench.source()["checks"]
    assert (check["code"], check["theirs"] - check["ours"]) == ("agents_total", 50)
    lines = [record for record in caplog.records if "its lists hold" in record.getMessage()]  # type: ignore[attr-defined]
    assert len(lines) == 1
