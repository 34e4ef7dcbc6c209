"""Our request for each of the documented examples, by its number."""

from typing import Any

from dashboard.pbx import (
    RELEASE,
    Activities,
    Autodialer,
    CallId,
    Calls,
    CdrDirection,
    Direction,
    Emails,
    Events,
    Extension,
    FieldId,
    FieldName,
    Forms,
    Lines,
    Login,
    MessageGroupId,
    MonitoringMode,
    Operators,
    PauseId,
    PauseName,
    Pauses,
    PauseType,
    Phone,
    PlaybackCommand,
    QueueId,
    QueueNumber,
    Queues,
    RecordAction,
    RecordId,
    Request,
    SmsConnect,
    SmsMessages,
    Statistics,
    StatusName,
    Trace,
    TransferType,
    UserId,
)

HAJEK = Login("michalhajek")
GROUP_SMS = [(Phone("123456789"), "Ahoj1"), (Phone("987654321"), "Ahoj2")]
ANNOUNCEMENT = "Upozornujeme_ze_v_ramci_zkvalitneni_sluzeb_mohou_byt_hovory_monitorovany.wav"
JANUARY_DAYS = ("2013-01-11 00:00:00", "2013-01-16 23:59:59")
CALLBACK = "http://MojeVU.daktela.com/CRM/sms"

OPERATORS: dict[int, Request[Any]] = {
    1: Queues.create(
        number=QueueNumber("12345678"), title="Support", direction=Direction.OUT, outbounder=True
    ),
    2: Queues.one(QueueId("3")),
    3: Queues.login(user=HAJEK, queue=QueueNumber("5001"), priority=0),
    4: Queues.logout(user=HAJEK, queue=QueueNumber("5001")),
    5: Queues.logout(user=HAJEK, queue=QueueNumber("5000")),
    6: Calls.answer(user=Login("hajek")),
    7: Calls.control_playback(
        command=PlaybackCommand.PLAY, extension=Extension("500"), recording=ANNOUNCEMENT
    ),
    8: Calls.control_playback(command=PlaybackCommand.PAUSE, extension=Extension("500")),
    9: Calls.create(user=HAJEK, number=Phone("800123456"), autoanswer=True),
    10: Calls.create(user=HAJEK, number=Phone("800123456"), autoanswer=True),
    11: Operators.create(
        role="role_52f22ad1ba23e",
        profile="profile_530ca64179669",
        name=Login("operator1"),
        title="Pepa Novák",
        password="tajneheslo",
    ),
    12: Operators.delete(UserId("2")),
    13: Operators.me(),
    14: Operators.me(),
    15: Operators.all(),
    16: Operators.one(UserId("3")),
    17: Calls.hangup(user=HAJEK),
    18: Calls.hangup(extension=Extension("300")),
    19: Operators.login(HAJEK, extension=Extension("100")),
    20: Operators.logout(HAJEK),
    21: Calls.monitor(user=Login("hajekhu"), listener=Extension("200"), mode=MonitoringMode.SPY),
    22: Pauses.off(user=HAJEK),
    23: Pauses.on(user=HAJEK, pause=PauseId("7")),
    24: Pauses.on(user=HAJEK, pause=PauseId("100")),
    25: Calls.pickup_from_queue(call_id=CallId("1404828279.15208"), user=Login("pavelmoravec")),
    26: Calls.transfer(user=HAJEK, type=TransferType.ATTENDED, number=Phone("800123456")),
    27: Operators.update(Login("operator1"), password="silne.Heslo321"),
}
CALLS: dict[int, Request[Any]] = {
    28: Calls.about(CallId("1350478005.0")),
    29: Calls.click_to_call(queue=QueueNumber("2006"), number=Phone("226211245"), agenttext="Pepa Novak"),
    30: Calls.create_from_extension(extension=Extension("300"), number=Phone("800123456")),
    31: Calls.create_from_extension(extension=Extension("300"), number=Phone("800123456"), autoanswer=True),
    32: Calls.create_remote(primarynumber=Phone("226211245"), secondarynumber=Phone("468008585")),
    33: Calls.create_remote(
        primarynumber=Phone("226211245"),
        secondarynumber=Phone("9999"),
        directdid=True,
        variables={"myid": "1234567"},
    ),
    34: Calls.attempts(
        datetime_from="2015-08-14 00:00:00", datetime_to="2015-10-31 00:00:00", queues=[QueueId("1")]
    ),
    35: Calls.recording("225fae9e2c0a2e830c7d0e9e80040f4245a65d2e1319030658.204"),
    36: Calls.monitor_extension(
        exten=Extension("100"), listener=Extension("200"), mode=MonitoringMode.WHISPER
    ),
    37: Lines.device_states(),
    38: Lines.users(Extension("100")),
    39: Pauses.create(title="Obed", type=PauseType.NORMAL, paid=False),
    40: Pauses.create(title="Svacina", type=PauseType.NORMAL, paid=True, pause=PauseId("9")),
    41: Pauses.all(),
    42: Pauses.all_old(),
    43: Pauses.one_old(PauseId("3")),
}
STATISTICS: dict[int, Request[Any]] = {
    44: Statistics.cdr(
        datetime_from="2012-03-01 00:00:00",
        datetime_to="2012-03-31 23:59:59",
        direction=CdrDirection.OUT,
        answered_only=True,
        min_price_call="1.20",
        real_extens=[Extension("300"), Extension("500")],
        dst_channels=["SIP/proxy", "SIP/gsm"],
    ),
    45: Statistics.last_call_of_number(
        Phone("226211245"),
        queues_number=[QueueNumber("99990"), QueueNumber("2000")],
        answered=True,
        interval_s=172800,
    ),
    46: Statistics.last_call(extension=Extension("500")),
    47: Statistics.queue_presence(QueueNumber("2005")),
    48: Statistics.rt_calls(),
    49: Statistics.rt_pauses(),
    50: Statistics.rt_queues_summary(users=[UserId("3"), UserId("1")]),
    51: Statistics.rt_queues(),
    52: Statistics.rt_sessions(),
    53: Statistics.user_state(user=Login("demouser")),
    54: Statistics.user_state_poll(user=Login("demouser")),
    55: Statistics.users_state(),
    56: Statistics.calls_repeated(
        datetime_from="2012-10-01 00:00:00",
        datetime_to="2012-10-30 23:59:59",
        phonenumber=Phone("226211245"),
    ),
    57: Statistics.calls(
        datetime_from="2014-08-14 00:00:00",
        datetime_to="2014-08-31 00:00:00",
        answered=True,
        queues=[QueueId("2")],
    ),
    58: Statistics.trace(
        datetime_from="2012-05-18 00:00:00",
        datetime_to="2012-05-30 00:00:00",
        user=Login("hajek"),
        trace=Trace.ALL,
    ),
    59: Statistics.users_pauses(
        datetime_from="2012-08-01 00:00:00", datetime_to="2014-10-30 23:59:59", users=[UserId("1")]
    ),
    60: Statistics.users_queues(
        datetime_from="2012-08-01 00:00:00", datetime_to="2012-10-30 23:59:59", users=[UserId("1")]
    ),
    61: Statistics.users_sessions(
        datetime_from="2012-01-01 00:00:00", datetime_to="2014-10-30 23:59:59", users=[UserId("3")]
    ),
}
MESSAGES: dict[int, Request[Any]] = {
    62: SmsMessages.settings(),
    63: SmsMessages.messages(keyword="ahoj"),
    64: SmsMessages.remove_group(MessageGroupId("1234")),
    65: SmsMessages.send_group(GROUP_SMS),
    66: SmsMessages.send(Phone("123456789"), "Ahoj"),
    67: SmsMessages.send(Phone("123456789"), "Ahoj", confirmation=True, accountcode="ID12345"),
    68: SmsMessages.set_settings(incoming_callback=CALLBACK),
    69: SmsMessages.set_settings(
        incoming_callback=f"{CALLBACK}?own_number=$number&own_text=$message&own_id=$id&own_direction=$direction"
    ),
    70: SmsMessages.set_settings(allowed_hour_begin=8, allowed_hour_end=16),
    71: SmsMessages.group_status(waiting=True),
    72: SmsMessages.status(),
    73: SmsConnect.messages(keyword="ahoj"),
    74: SmsConnect.send_group(GROUP_SMS),
    75: SmsConnect.send(Phone("+420123456789"), "Ahoj"),
    76: SmsConnect.status(),
}
FORMS: dict[int, Request[Any]] = {
    77: Forms.script_close(call_id=CallId("1367484976.46040WS"), status=StatusName("objednavka")),
    78: Forms.script_close(
        call_id=CallId("1367484976.4601WS"),
        status=StatusName("zavolat_pozdeji_rozmysli"),
        nextcall="2013-12-01 18:00:00",
        pause=PauseName("obed"),
        fields={FieldName("field_poznamka"): "Nabidku slysel"},
    ),
    79: Forms.script_close(
        call_id=CallId("1367484976.46040WS"), status=StatusName("objednavka"), pause=PauseName("pause_20")
    ),
    80: Forms.script_opened(Login("daktelatester")),
    81: Forms.script_opened(Login("daktelatester")),
    82: Forms.copy_records(record=RecordId("9"), dst_queue=QueueNumber("2003")),
    83: Forms.copy_records(
        src_queue=QueueNumber("2003"),
        dst_queue=QueueNumber("2009"),
        modify=JANUARY_DAYS,
        update_agent=RELEASE,
        update_action=RecordAction.FREE,
    ),
    84: Forms.create_record(
        queue=QueueNumber("2003"),
        fields={FieldId("3"): "Tohle je importovano pres API"},
        phonenumber=Phone("226211245"),
    ),
    85: Forms.delete_record(RecordId("64")),
    86: Forms.export(QueueNumber("2003"), agents=[UserId("1"), UserId("2")]),
    87: Forms.record_attempts(RecordId("5")),
    88: Forms.record_snapshots(RecordId("51")),
    89: Forms.records(),
    90: Forms.statuses(),
    91: Forms.move_records(record=RecordId("9"), dst_queue=QueueNumber("2003")),
    92: Forms.move_records(
        src_queue=QueueNumber("2003"),
        dst_queue=QueueNumber("2009"),
        modify=JANUARY_DAYS,
        update_agent=RELEASE,
        update_action=RecordAction.FREE,
    ),
    93: Forms.contacts(Phone("226211245"), queues=[QueueNumber("1002"), QueueNumber("1000")]),
    94: Forms.update_record(
        RecordId("64"), queue=QueueId("1"), phonenumber=Phone("226211246"), fields={FieldId("3"): "42"}
    ),
    95: Events.create(
        "Custom_SendSMS", params={"number": "226211245", "message": "Ahoj", "foo": {"bar": "examplevalue"}}
    ),
    96: Activities.close("activity_123", status=StatusName("objednavka")),
    97: Activities.close("activity_123", status=StatusName("nevolat")),
    98: Activities.update(["activity_100", "activity_200"], status=StatusName("objednavka")),
    99: Autodialer.check_number(Phone("777888999")),
    100: Autodialer.statuses(),
    101: Emails.create(
        queue=QueueNumber("2000"), subject="Muj predmet", sender="osoba@email.cz", body="Dlouhy text emailu"
    ),
    102: Emails.create(
        queue=QueueNumber("6666"), subject="Muj predmet", sender="osoba@email.cz", body="Dlouhy text emailu"
    ),
}
REQUESTS = OPERATORS | CALLS | STATISTICS | MESSAGES | FORMS
