"""Which programs run, with which commands, and that the supervisor can read its configuration."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from supervisor.options import ProcessGroupConfig, ServerOptions

from wallboard.processes.launcher import STOP_WITHIN_S
from wallboard.processes.programs import (
    Place,
    Program,
    redis_program,
    simulated_pbx_program,
    site_programs,
    supervisor_configuration,
)

WORKERS = {"worker-live": "live", "worker-live-2": "live", "worker-slow": "slow"}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    for name in ("100% data with blanks", "private"):
        (tmp_path / name).mkdir()
    return Place(root=tmp_path, data=tmp_path / "100% data with blanks", private=tmp_path / "private")


def programs_of_site(place: Place) -> dict[str, Program]:
    programs = site_programs(place, bind="127.0.0.1", port=8123)
    return {program.name: program for program in programs}


def test_polls_and_slow_tasks_have_workers_of_their_own(place: Place) -> None:
    programs = programs_of_site(place)
    queue_of = {name: programs[name].command[programs[name].command.index("-Q") + 1] for name in WORKERS}
    assert queue_of == WORKERS


def test_web_server_leaves_the_address_to_us_since_it_would_believe_the_browsers_own_word(
    place: Place,
) -> None:
    assert "--proxy-headers" not in programs_of_site(place)["web"].command


def test_web_server_never_ends_a_socket_by_its_age(place: Place) -> None:
    command = programs_of_site(place)["web"].command
    assert command[command.index("--websocket_timeout") + 1] == "-1"


def test_redis_listens_on_its_private_socket_only_and_keeps_nothing(place: Place) -> None:
    command = redis_program(place).command
    options = dict(zip(command[1::2], command[2::2], strict=True))
    assert options["--port"] == "0"
    assert options["--unixsocket"].startswith(str(place.private))
    assert options["--save"] == ""
    assert options["--appendonly"] == "no"


def programs_of_demo(place: Place) -> list[Program]:
    pbx = simulated_pbx_program(place, port=8124, login="api", password="100% s;e 'c\"ret")
    return [redis_program(place), pbx, *programs_of_site(place).values()]


def groups_read(place: Place) -> list[ProcessGroupConfig]:
    """The demo's programs as the supervisor reads them, in the order in which it starts them."""
    place.supervisor_configuration.write_text(supervisor_configuration(programs_of_demo(place), place))
    options = ServerOptions()
    options.realize(["-n", "-c", str(place.supervisor_configuration)])
    return sorted(options.process_group_configs)


def test_redis_is_started_first_and_the_web_server_last(place: Place) -> None:
    order = [
        program.name for program in sorted(programs_of_demo(place), key=lambda program: program.priority)
    ]
    assert (order[0], order[1], order[-1]) == ("redis", "simulated-pbx", "web")


def test_supervisor_reads_the_configuration_and_restarts_every_program(place: Place) -> None:
    programs = programs_of_demo(place)
    read = {one.name: one for group in groups_read(place) for one in group.process_configs}
    assert read.keys() == {program.name for program in programs}
    for program in programs:
        assert shlex.split(read[program.name].command)[2:] == program.command
        assert read[program.name].startretries > 1_000
        assert not read[program.name].stopasgroup
        assert read[program.name].killasgroup


def test_what_works_for_others_is_stopped_last_and_all_else_at_once(place: Place) -> None:
    read = groups_read(place)
    groups = [[one.name for one in group.process_configs] for group in read]
    assert groups[:2] == [["redis"], ["simulated-pbx"]]
    assert sorted(groups[2]) == sorted(programs_of_site(place))
    waits = [max(one.stopwaitsecs for one in group.process_configs) for group in read]
    assert sum(waits) < STOP_WITHIN_S
