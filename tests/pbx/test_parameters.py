"""What the methods refuse before the PBX is asked, and how values are written."""

import pytest

from dashboard.pbx import (
    RELEASE,
    UNCHANGED,
    Calls,
    Events,
    Extension,
    Forms,
    Login,
    PauseId,
    Pauses,
    PauseType,
    Phone,
    PlaybackCommand,
    QueueId,
    QueueNumber,
    Queues,
    RecordId,
    SimCard,
    SmsConnect,
    SmsMessages,
    Statistics,
    UserId,
)

USER, EXTEN, NUMBER, QUEUE = Login("hajek"), Extension("200"), Phone("800123456"), QueueNumber("2000")
DAY = {"datetime_from": "2024-03-01 00:00:00", "datetime_to": "2024-03-02 00:00:00"}


def params(request) -> dict[str, str]:
    return dict(request.params)


@pytest.mark.parametrize(
    "build",
    [
        lambda: Calls.answer(),
        lambda: Calls.answer(user=USER, extension=EXTEN),
        lambda: Calls.hangup(),
        lambda: Calls.hangup(user=USER, call="1.2"),
        lambda: Calls.transfer(user=USER),
        lambda: Calls.transfer(number=NUMBER),
        lambda: Calls.transfer(user=USER, number=NUMBER, dst_queue=QueueId("1")),
        lambda: Pauses.on(pause=PauseId("1")),
        lambda: Pauses.off(),
        lambda: Statistics.last_call(),
        lambda: Forms.script_close(),
        lambda: Forms.copy_records(dst_queue=QUEUE),
        lambda: Forms.move_records(dst_queue=QUEUE, record=RecordId("1"), src_queue=QUEUE),
    ],
)
def test_one_of_several_is_exactly_one(build):
    with pytest.raises(ValueError, match="Give exactly one of"):
        build()


@pytest.mark.parametrize(
    "build",
    [
        lambda: Statistics.rt_sessions(queues=[]),
        lambda: Statistics.rt_queues_summary(users=[]),
        lambda: Statistics.calls(users=[], **DAY),
        lambda: Forms.export(QUEUE, agents=[]),
    ],
)
def test_an_empty_list_is_refused_because_the_pbx_would_give_everything(build):
    with pytest.raises(ValueError, match="would ask for all"):
        build()


@pytest.mark.parametrize("text", ["", "2024-03-01", "1.3.2024 00:00:00", "2024-02-30 00:00:00", "now"])
def test_a_moment_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match="moment"):
        Statistics.calls(datetime_from=text, datetime_to="2024-03-02 00:00:00")


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: Queues.login(user=USER, queue=QUEUE, priority=3), "0, 1 or 2"),
        (lambda: Calls.control_playback(user=USER, command=PlaybackCommand.STOP, begintime=5), "play"),
        (lambda: Pauses.create(title="a", type=PauseType.UNKNOWN, paid=True), "normal, wrap or lajdak"),
        (lambda: Events.create("SendSMS"), "Custom_"),
        (lambda: SmsMessages.send(NUMBER, "a" * 1378), "1377"),
        (lambda: SmsMessages.send(NUMBER, "ř" * 604, unicode=True), "603"),
        (lambda: SmsMessages.send(NUMBER, "a", priority=21), "0 to 20"),
        (lambda: SmsMessages.send_group([]), "1 to 20000"),
        (lambda: SmsMessages.send_group([(NUMBER, "a")] * 20_001), "1 to 20000"),
        (lambda: SmsConnect.send(Phone("00420800123456"), "a"), r"\+420"),
    ],
)
def test_what_the_document_forbids_is_refused(build, words):
    with pytest.raises(ValueError, match=words):
        build()


def test_release_and_unchanged_are_told_apart():
    released = Forms.update_record(RecordId("1"), user=RELEASE)
    unchanged = Forms.update_record(RecordId("1"), user=UNCHANGED)
    assigned = Forms.update_record(RecordId("1"), user=UserId("4"))
    assert released.query() == "record=1&user="
    assert unchanged.query() == Forms.update_record(RecordId("1")).query() == "record=1"
    assert assigned.query() == "record=1&user=4"


@pytest.mark.parametrize(
    ("request_", "name", "literal"),
    [
        (Pauses.on(user=USER, pause=PauseId("1"), force=True), "force", "yes"),
        (Pauses.on(user=USER, pause=PauseId("1"), force=False), "force", "no"),
        (Pauses.on(user=USER, pause=PauseId("1")), "force", None),
        (Statistics.calls(answered=False, **DAY), "answered", "false"),
        (Statistics.calls(**DAY), "answered", None),
        (Calls.create(user=USER, number=NUMBER, autoanswer=True), "autoanswer", "yes"),
        (Calls.create(user=USER, number=NUMBER), "autoanswer", None),
        (Calls.recording("a", octetstream=False), "octetstream", "false"),
        (SmsMessages.send(NUMBER, "a", unicode=True), "unicode", "yes"),
        (SmsMessages.group_status(waiting=True), "waiting", "true"),
        (Statistics.cdr(billing=True, **DAY), "billing", "true"),
    ],
)
def test_each_yes_or_no_has_the_literal_of_its_parameter(request_, name, literal):
    assert params(request_).get(name) == literal


def test_a_sim_card_is_all_three_numbers():
    sent = params(SmsMessages.send(NUMBER, "a", sim=SimCard(gw=1, slot=2, port=3)))
    assert {name: sent[name] for name in ("gw", "slot", "port")} == {"gw": "1", "slot": "2", "port": "3"}


def test_one_accountcode_is_a_text_and_several_are_a_list():
    assert SmsMessages.messages(accountcode="a").query() == "accountcode=a"
    assert SmsMessages.messages(accountcode=["a", "b"]).query() == "accountcode[]=a&accountcode[]=b"


def test_a_group_keeps_numbers_and_texts_together():
    request = SmsMessages.send_group([(Phone("1"), "a b"), (Phone("2"), "č")])
    assert request.query() == "number[0]=1&number[1]=2&message[0]=a%20b&message[1]=%C4%8D"


def test_a_plus_a_blank_and_an_ampersand_are_encoded():
    request = SmsConnect.send(Phone("+420800123456"), "a&b c=d+e")
    assert request.query() == "number=%2B420800123456&message=a%26b%20c%3Dd%2Be"


def test_a_version_that_may_be_a_slip_can_be_overridden():
    assert SmsConnect.send_group([(NUMBER, "a")]).version == "3.1"
    assert SmsConnect.send_group([(NUMBER, "a")], version="4.1").version == "4.1"
