"""What a supervisor does through the client, seen in all four real-time answers of the simulated PBX, which agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from dashboard.gateway.faults import Fault, FaultKind
from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.commands.playback import LENGTHS_MS
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.pbx import PbxClient, access_token
from dashboard.pbx.errors import PbxCallInProgress, PbxError, PbxTimeout, PbxUnreachable
from dashboard.pbx.ids import CallId, Extension, Login, PauseId, Phone, QueueId, UserId
from dashboard.pbx.wire.live import RtSession
from dashboard.pbx.wire.states import AgentState, CallState, DeviceStatus
from dashboard.pbx.words import MonitoringMode, PlaybackCommand, TransferType

START_AT = 1_794_992_400_000
SUPPORT, CLAIMS, SALES, OUTBOUND = QueueId("1"), QueueId("2"), QueueId("3"), QueueId("5")
LUNCH, BREAK, WRAP = PauseId("7"), PauseId("6"), PauseId("2")
HINT = next(iter(LENGTHS_MS))


class Office:
    """A quiet simulated PBX, and a supervisor at its client."""

    def __init__(self, pbx: PbxServer, client: PbxClient) -> None:
        self.pbx, self.client = pbx, client
        self.logins = {id_: user.name for id_, user in client.operators.all().items()}
        self.numbers = {id_: queue.name for id_, queue in client.queues.all().items()}

    def sessions(self) -> dict[UserId, RtSession]:
        return self.client.statistics.rt_sessions()

    def login(self, user: UserId) -> Login:
        login = self.logins[user]
        assert login is not None
        return login

    def line(self, user: UserId) -> Extension:
        line = self.sessions()[user].extension
        assert line is not None
        return line

    def state(self, user: UserId) -> tuple[AgentState, PauseId | None]:
        """As all of the PBX's answers tell it, which must be the same."""
        self.check()
        session = self.sessions()[user]
        return session.state, session.pause

    def idle(self, queue: QueueId = SUPPORT, *, but: UserId | None = None) -> UserId:
        return next(
            id_
            for id_, session in self.sessions().items()
            if session.state is AgentState.IDLE and queue in session.queues and id_ != but
        )

    def talk(self, queue: QueueId = SUPPORT) -> tuple[CallId, UserId]:
        """A call that is spoken, and who speaks."""
        call = CallId(self.pbx.engine.call_inject(queue_id=int(queue), caller="602111222"))
        (user,) = self.client.statistics.rt_calls()[call].users
        self.client.calls.answer(user=self.login(user))
        return call, user

    def call_state(self, call: CallId) -> CallState | None:
        self.check()
        row = self.client.statistics.rt_calls().get(call)
        return row.state if row else None

    def device(self, line: Extension) -> DeviceStatus:
        return next(row.status for row in self.client.lines.device_states() if row.exten == line)

    def spare(self) -> Extension:
        lines = {session.extension for session in self.sessions().values()}
        return next(
            row.exten
            for row in self.client.lines.device_states()
            if row.exten not in lines and row.status is DeviceStatus.AVAILABLE
        )

    def until(self, is_so: Callable[[], bool], *, within_s: int = 60) -> None:
        for _ in range(2 * within_s):
            if is_so():
                return
            self.pbx.skip(0.5)
        raise AssertionError("It did not happen.")

    def check(self) -> None:
        """RTStatsSessions, RTStatsCalls, RTUsersState, RTUserState, RTStatsPauses and RTStatsQueues tell one story."""
        stats = self.client.statistics
        sessions, calls, states = stats.rt_sessions(), stats.rt_calls(), stats.users_state()
        assert sessions.keys() == states.keys()
        for user, session in sessions.items():
            state = states[user]
            shown = AgentState.RINGING if session.state is AgentState.CALLING else session.state
            assert (state.state, state.id_pause) == (shown, session.pause)
            assert {row.queue for row in state.login_oqueues() if row.rt_logged} == set(session.queues)
            assert {call.id_call for call in state.calls} == {
                id_ for id_, call in calls.items() if user in call.users or user == call.agent
            }
        alone = next(iter(states))
        assert stats.user_state(user=self.login(alone)).state is states[alone].state
        paused = {user for pause in stats.rt_pauses().values() for user in pause.users}
        assert paused == {user for user, row in sessions.items() if row.state is AgentState.PAUSED}
        for queue, row in stats.rt_queues().items():
            assert row.calls_count == sum(call.queue == queue for call in calls.values())
            assert row.users_total == sum(queue in session.queues for session in sessions.values())


@pytest.fixture
def office() -> Iterator[Office]:
    settings = SimulationSettings(start_at=START_AT, speed=0, is_quiet=True, queues=9)
    with (
        running_pbx(settings) as pbx,
        PbxClient(base_url=pbx.url, token=access_token(pbx.login, pbx.password), deadline_s=10) as client,
    ):
        yield Office(pbx, client)


@pytest.mark.parametrize("mode", list(MonitoringMode))
def test_listening_occupies_the_listeners_line_until_the_end_of_the_call(
    office: Office, mode: MonitoringMode
) -> None:
    call, user = office.talk()
    line = office.spare()
    heard = office.client.calls.monitor(user=office.login(user), listener=line, mode=mode)
    assert (heard.calling_number, office.device(line)) == ("602111222", DeviceStatus.IN_USE)
    assert office.call_state(call) is CallState.SPEAKING
    office.client.calls.hangup(call=call)
    assert office.device(line) is DeviceStatus.AVAILABLE
    assert office.call_state(call) is None


def test_a_pause_is_set_changed_and_ended(office: Office) -> None:
    user = office.idle()
    office.client.pauses.on(user=office.login(user), pause=LUNCH)
    assert office.state(user) == (AgentState.PAUSED, LUNCH)
    office.client.pauses.on(extension=office.line(user), pause=BREAK)
    assert office.state(user) == (AgentState.PAUSED, BREAK)
    office.client.pauses.off(user=office.login(user))
    assert office.state(user) == (AgentState.IDLE, None)


def test_a_forced_pause_during_a_call_follows_the_call(office: Office) -> None:
    call, user = office.talk()
    with pytest.raises(PbxError, match="force"):
        office.client.pauses.on(user=office.login(user), pause=LUNCH)
    office.client.pauses.on(user=office.login(user), pause=LUNCH, force=True)
    assert office.state(user) == (AgentState.SPEAKING, None)
    office.client.calls.hangup(call=call)
    assert office.state(user) == (AgentState.PAUSED, LUNCH)


def test_a_forced_pause_sends_a_ringing_call_to_somebody_else(office: Office) -> None:
    call = CallId(office.pbx.engine.call_inject(queue_id=int(SUPPORT), caller="602111222"))
    (user,) = office.client.statistics.rt_calls()[call].users
    office.client.pauses.on(user=office.login(user), pause=LUNCH, force=True)
    assert office.state(user) == (AgentState.PAUSED, LUNCH)
    assert user not in office.client.statistics.rt_calls()[call].users


@pytest.mark.parametrize("kind", list(TransferType))
@pytest.mark.parametrize("target", ["number", "queue", "agent"])
def test_a_transfer_takes_the_call_from_the_agent(office: Office, kind: TransferType, target: str) -> None:
    call, user = office.talk()
    colleague = office.idle(SALES, but=user)
    office.client.calls.transfer(
        user=office.login(user),
        type=kind,
        number=Phone("800123456") if target == "number" else None,
        dst_queue=CLAIMS if target == "queue" else None,
        dst_user=colleague if target == "agent" else None,
    )
    first = office.call_state(call)
    assert first is (CallState.TRANSFERRED if kind is TransferType.BLIND else CallState.ON_HOLD)
    office.until(lambda: office.call_state(call) is None)
    assert office.state(user)[0] in {AgentState.IDLE, AgentState.PAUSED}
    onward = list(office.client.statistics.rt_calls().values())
    if target == "number":
        assert onward == []
    else:
        assert [row.clid for row in onward] == ["602111222"]
        assert onward[0].queue == (CLAIMS if target == "queue" else SUPPORT)
        assert target == "queue" or onward[0].users == [colleague]


def test_a_call_is_answered_and_ended_by_its_id(office: Office) -> None:
    call, user = office.talk()
    assert office.state(user)[0] is AgentState.SPEAKING
    office.client.calls.hangup(call=call)
    assert office.call_state(call) is None
    assert office.state(user) in {(AgentState.PAUSED, WRAP), (AgentState.IDLE, None)}


def test_a_waiting_call_is_picked_up_for_an_agent(office: Office) -> None:
    call = CallId(
        office.pbx.engine.call_inject(queue_id=int(SUPPORT), caller="602111222", kept_waiting_s=900)
    )
    assert office.call_state(call) is CallState.WAITING
    user = office.idle(SALES)
    office.client.calls.pickup_from_queue(call_id=call, user=office.login(user))
    assert office.call_state(call) is CallState.RINGING
    assert office.state(user)[0] is AgentState.RINGING


def test_an_agent_logs_in_to_queues_and_out_of_them(office: Office) -> None:
    skills = {
        UserId(str(user.id)): {QueueId(str(skill.queue_id)) for skill in user.skills}
        for user in office.pbx.engine.directory().users.values()
    }
    user = next(id_ for id_ in skills if skills[id_] and id_ not in office.sessions())
    login = office.login(user)
    office.client.operators.login(login)
    joined = set(office.sessions()[user].queues)
    office.check()
    new = next(iter(skills[user] & {SUPPORT, CLAIMS, SALES} - joined))
    number = office.numbers[new]
    assert number is not None
    office.client.queues.login(user=login, queue=number, priority=2)
    assert set(office.sessions()[user].queues) == {*joined, new}
    office.check()
    office.client.queues.logout(user=login, queue=number)
    assert set(office.sessions()[user].queues) == joined
    office.client.operators.logout(login)
    assert user not in office.sessions()
    office.check()


def test_the_priority_in_a_queue_decides_at_whom_a_call_rings(office: Office) -> None:
    others = [id_ for id_, row in office.sessions().items() if SUPPORT in row.queues]
    number = office.numbers[SUPPORT]
    assert number is not None
    ready = [id_ for id_ in others if office.sessions()[id_].state is AgentState.IDLE]
    for user in others:
        office.client.queues.login(user=office.login(user), queue=number, priority=2)
    for preferred in ready[:2]:
        office.client.queues.login(user=office.login(preferred), queue=number, priority=0)
        call = CallId(office.pbx.engine.call_inject(queue_id=int(SUPPORT), caller="602111222"))
        assert office.client.statistics.rt_calls()[call].users == [preferred]
        office.client.queues.login(user=office.login(preferred), queue=number, priority=1)
        office.client.calls.hangup(call=call)


def test_nobody_leaves_a_queue_in_which_they_have_a_call(office: Office) -> None:
    _, user = office.talk()
    number = office.numbers[SUPPORT]
    assert number is not None
    with pytest.raises(PbxCallInProgress, match="602111222"):
        office.client.queues.logout(user=office.login(user), queue=number)
    assert SUPPORT in office.sessions()[user].queues


def test_a_call_is_created_for_an_agent_and_seen_as_calling(office: Office) -> None:
    user = office.idle(OUTBOUND)
    made = office.client.calls.create(user=office.login(user), number=Phone("800123456")).id_call
    assert office.state(user)[0] is AgentState.CALLING
    assert office.client.statistics.rt_calls()[made].users == [user]
    office.client.calls.hangup(call=made)
    assert office.call_state(made) is None


def test_an_announcement_plays_into_the_call(office: Office) -> None:
    _, user = office.talk()
    login = office.login(user)
    office.client.calls.control_playback(user=login, command=PlaybackCommand.PLAY, recording=HINT)
    playback = office.client.calls.playback_status(user=login)
    assert playback is not None
    assert playback.playing is True
    office.client.calls.control_playback(user=login, command=PlaybackCommand.STOP)
    assert office.state(user)[0] is AgentState.SPEAKING


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(kind=FaultKind.DELAY, seconds=30), PbxTimeout),
        (Fault(kind=FaultKind.DELAY, seconds=30, has_acted=True), PbxTimeout),
        (Fault(kind=FaultKind.REFUSED), PbxUnreachable),
        (Fault(kind=FaultKind.REFUSED, has_acted=True), PbxUnreachable),
        (Fault(kind=FaultKind.HTTP_ERROR), PbxError),
        (Fault(kind=FaultKind.HTTP_ERROR, has_acted=True), PbxError),
        (Fault(kind=FaultKind.GARBAGE), PbxError),
        (Fault(kind=FaultKind.GARBAGE, has_acted=True), PbxError),
    ],
)
def test_an_action_that_fails_is_asked_once_and_may_have_been_done(
    office: Office, fault: Fault, error: type[PbxError]
) -> None:
    call, _ = office.talk()
    office.pbx.faults.set("Hangup", fault)
    with pytest.raises(error):
        office.client.calls.hangup(call=call, deadline_s=0.4)
    assert office.pbx.requests["Hangup"] == 1
    assert (office.call_state(call) is None) is fault.has_acted
