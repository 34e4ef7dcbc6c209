"""Each documented variant with everything it can be given, in as many requests as alternatives need."""

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
    MessageId,
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
    SimCard,
    SmsConnect,
    SmsMessages,
    Statistics,
    StatusId,
    StatusName,
    Trace,
    TransferType,
    UserId,
)

BETWEEN = {"datetime_from": "2012-08-01 00:00:00", "datetime_to": "2012-08-02 00:00:00"}
AT = "2012-08-01 00:00:00"
SPAN = (AT, "2012-08-02 00:00:00")
USER, EXTEN, NUMBER, QUEUE = Login("hajek"), Extension("200"), Phone("800123456"), QueueNumber("2000")
COPY = {
    "dst_queue": QUEUE, "modify": SPAN, "nextcall": SPAN, "created": SPAN, "update_action": RecordAction.PLANNED,
    "update_callstatus": StatusId("4"), "update_agent": UserId("4"), "update_datetime_nextcall": AT,
}  # fmt: skip
PLAY = {"command": PlaybackCommand.PLAY, "recording": "a.wav", "begintime": 1, "skiptime": 2}
CLOSE = {
    "status": StatusName("a"), "number": NUMBER, "nextcall": AT, "user": USER,
    "fields": {FieldName("a"): "b"}, "pause": PauseName("a"),
}  # fmt: skip
SEARCH = {"direction": Direction.IN, "keyword": "a", "accountcode": ["a"], **BETWEEN}
SENT_GROUP = {"confirmation": True, "accountcode": "a", "priority": 20, "datetime_scheduled": AT}
SENT = {**SENT_GROUP, "unicode": True}
FULL = {
    "CreateQueue@3.0": [
        Queues.create(
            number=QUEUE, title="a", direction=Direction.IN, queue=QueueId("1"), outboundcid="a",
            description="a", wrapuptime=5, outbounder=True,
        )
    ],
    "GetQueues@3.0": [Queues.one(QueueId("1")), Queues.all()],
    "LoginQueue@3.0": [Queues.login(user=USER, queue=QUEUE, extension=EXTEN, priority=2)],
    "LogoutQueue@3.0": [Queues.logout(user=USER, queue=QUEUE)],
    "Answer@3.7": [Calls.answer(user=USER), Calls.answer(extension=EXTEN)],
    "ControlPlayback@3.6": [
        Calls.control_playback(user=USER, **PLAY),
        Calls.control_playback(extension=EXTEN, **PLAY),
        Calls.playback_status(user=USER),
        Calls.playback_status(extension=EXTEN),
    ],
    "CreateCall@3.1": [
        Calls.create(
            user=USER, number=NUMBER, accountcode="a", autoanswer=True, waitingtime=1, dialingtime=1,
            idcall=CallId("1.2"), agenttext="a", queue=QUEUE, ticket="a",
        )
    ],
    "CreateUser@4.0": [
        Operators.create(
            role="a", profile="a", name=USER, title="a", password="a", description="a", email="a@b.example"
        )
    ],
    "DeleteUser@3.0": [Operators.delete(UserId("1"))],
    "GetUser@4.0": [Operators.me()],
    "GetUsers@3.0": [Operators.one(UserId("1")), Operators.of_extension(EXTEN), Operators.all()],
    "Hangup@3.0": [Calls.hangup(user=USER), Calls.hangup(extension=EXTEN), Calls.hangup(call=CallId("1.2"))],
    "Login@3.4": [Operators.login(USER, extension=EXTEN)],
    "Logout@3.4": [Operators.logout(USER)],
    "Monitoring@3.1": [Calls.monitor(user=USER, listener=EXTEN, mode=MonitoringMode.BARGE)],
    "PauseOff@3.0": [Pauses.off(user=USER), Pauses.off(extension=EXTEN)],
    "PauseOn@3.0": [
        Pauses.on(user=USER, pause=PauseId("1"), force=True),
        Pauses.on(extension=EXTEN, pause=PauseId("1"), force=False),
    ],
    "PickupFromQueue@4.0": [Calls.pickup_from_queue(call_id=CallId("1.2"), user=USER)],
    "Transfer@3.0": [
        Calls.transfer(user=USER, number=NUMBER, type=TransferType.BLIND),
        Calls.transfer(extension=EXTEN, dst_queue=QueueId("1")),
        Calls.transfer(extension=EXTEN, dst_user=UserId("1")),
    ],
    "UpdateUser@4.0": [
        Operators.update(
            USER, role="a", profile="a", title="a", description="a", password="a", email="a@b.example"
        )
    ],
    "AboutCall@3.0": [Calls.about(CallId("1.2"))],
    "ClickToCall@3.9": [
        Calls.click_to_call(queue=QUEUE, number=NUMBER, agenttext="a", waitingtime=1, idcall=CallId("1.2"))
    ],
    "CreateCall@3.0": [
        Calls.create_from_extension(
            extension=EXTEN, number=NUMBER, accountcode="a", autoanswer=True, waitingtime=1,
            idcall=CallId("1.2"), agenttext="a",
        )
    ],
    "CreateRemoteCall@3.8": [
        Calls.create_remote(
            primarynumber=NUMBER, secondarynumber=NUMBER, accountcode="a", directdid=True, dialingtime=1,
            idcall=CallId("1.2"), recording=True, variables={"a": "b"},
        )
    ],
    "GetAttempts@4.1": [
        Calls.attempts(queues=[QueueId("1")], id_call=CallId("1.2"), users=[UserId("1")], **BETWEEN)
    ],
    "GetRecording@3.0": [Calls.recording("a", octetstream=True)],
    "Monitoring@3.0": [Calls.monitor_extension(exten=EXTEN, listener=EXTEN, mode=MonitoringMode.INTERACTIVE)],
    "DeviceStates@3.0": [Lines.device_states()],
    "GetExtensionUsers@4.1": [Lines.users(EXTEN)],
    "CreatePause@3.3": [
        Pauses.create(title="a", type=PauseType.LAJDAK, paid=True, pause=PauseId("1"), code="a")
    ],
    "GetPauses@3.3": [Pauses.all()],
    "GetPauses@3.0": [Pauses.all_old(), Pauses.one_old(PauseId("1"))],
    "CDR@3.5": [
        Statistics.cdr(
            real_extens=[EXTEN], accountcodes=["a"], direction=CdrDirection.LOCAL, destinations=["a"],
            answered_only=True, src_channels=["a"], dst_channels=["a"], min_price_call="2.50", billing=True,
            **BETWEEN,
        )
    ],
    "LastCallNumber@3.9": [
        Statistics.last_call_of_number(
            NUMBER, interval_s=60, answered=False, queues=[QueueId("1")], queues_number=[QUEUE]
        )
    ],
    "LastCall@3.9": [Statistics.last_call(user=USER), Statistics.last_call(extension=EXTEN)],
    "RTQueuePresence@3.9": [Statistics.queue_presence(QUEUE)],
    "RTStatsCalls@3.5": [Statistics.rt_calls()],
    "RTStatsPauses@3.5": [Statistics.rt_pauses()],
    "RTStatsQueuesSummary@3.5": [Statistics.rt_queues_summary(users=[UserId("1")], queues=[QueueId("1")])],
    "RTStatsQueues@3.5": [Statistics.rt_queues()],
    "RTStatsSessions@3.5": [Statistics.rt_sessions(users=[UserId("1")], queues=[QueueId("1")])],
    "RTUserState@3.9": [Statistics.user_state(user=USER), Statistics.user_state(extension=EXTEN)],
    "RTUserState@4.0": [
        Statistics.user_state_poll(user=USER, hash="a"),
        Statistics.user_state_poll(extension=EXTEN),
    ],
    "RTUsersState@4.1": [Statistics.users_state()],
    "StatsCallsRepeated@3.9": [
        Statistics.calls_repeated(queues=[QueueId("1")], phonenumber=NUMBER, count=3, **BETWEEN)
    ],
    "StatsCalls@4.1": [
        Statistics.calls(
            phonenumber=NUMBER, queues=[QueueId("1")], did=NUMBER, callstatus=StatusId("1"), answered=True,
            id_call=CallId("1.2"), users=[UserId("1")], **BETWEEN,
        )
    ],
    "StatsTrace@3.5": [Statistics.trace(user=USER, trace=Trace.PAUSE, **BETWEEN)],
    "StatsUsersPauses@4.1": [Statistics.users_pauses(users=[UserId("1")], pauses=[PauseId("1")], **BETWEEN)],
    "StatsUsersQueues@4.1": [Statistics.users_queues(users=[UserId("1")], **BETWEEN)],
    "StatsUsersSessions@4.1": [Statistics.users_sessions(users=[UserId("1")], **BETWEEN)],
    "GetSMSSettings@3.1": [SmsMessages.settings()],
    "GetSMS@3.1": [
        SmsMessages.messages(message=MessageId("1"), email="a@b.example", sim=SimCard(1, 2, 3), **SEARCH)
    ],
    "RemoveGroupSMS@3.1": [SmsMessages.remove_group(MessageGroupId("1"))],
    "SendGroupSMS@3.1": [SmsMessages.send_group([(NUMBER, "a")], email="a@b.example", **SENT)],
    "SendSMS@3.1": [SmsMessages.send(NUMBER, "a", email="a@b.example", sim=SimCard(1, 2, 3), **SENT)],
    "SetSMSSettings@3.1": [
        SmsMessages.set_settings(
            incoming_callback="a", outgoing_callback="a", incoming_email="a", outgoing_email="a",
            sending_rate=(10, 60), allowed_hour_begin=8, allowed_hour_end=16,
        )
    ],
    "StatusGroupSMS@3.1": [SmsMessages.group_status(group=MessageGroupId("1"), waiting=True)],
    "StatusSMS@3.1": [SmsMessages.status()],
    "GetSMSConnect@4.1": [SmsConnect.messages(message=MessageId("1"), **SEARCH)],
    "SendGroupSMSConnect@3.1": [SmsConnect.send_group([(NUMBER, "a")], sender="a", **SENT_GROUP)],
    "SendSMSConnect@4.1": [SmsConnect.send(Phone("+420800123456"), "a", sender="a", **SENT)],
    "StatusSMSConnect@4.1": [SmsConnect.status()],
    "CallScriptClose@4.0": [
        Forms.script_close(record=RecordId("1"), **CLOSE),
        Forms.script_close(call_id=CallId("1.2"), **CLOSE),
    ],
    "CallScriptOpened@4.0": [Forms.script_opened(USER)],
    "CopyRecords@3.3": [
        Forms.copy_records(src_queue=QUEUE, update_datetime_modify=True, **COPY),
        Forms.copy_records(record=RecordId("1"), dst_queue=QUEUE),
    ],
    "CreateRecord@4.1": [
        Forms.create_record(
            queue=QueueId("1"), phonenumber=NUMBER, fields={FieldId("1"): "a"}, user=UserId("1"), nextcall=AT
        )
    ],
    "DeleteRecord@4.1": [Forms.delete_record(RecordId("1"))],
    "ExportData@3.8": [
        Forms.export(
            QUEUE, modify=SPAN, nextcall=SPAN, created=SPAN, actions=[RecordAction.BEFORE_SAVING],
            callstatuses=[StatusId("1")], agents=[UserId("1")], phonenumber=NUMBER,
        )
    ],
    "GetRecordAttempts@4.1": [Forms.record_attempts(RecordId("1"))],
    "GetRecordSnapshots@4.1": [Forms.record_snapshots(RecordId("1"))],
    "GetRecords@4.1": [Forms.records(q="a", filter="a", sort="a", skip=0, take=10)],
    "GetStatuses@3.8": [Forms.statuses(status=StatusId("1"), queue=QUEUE)],
    "MoveRecords@3.3": [
        Forms.move_records(src_queue=QUEUE, **COPY),
        Forms.move_records(record=RecordId("1"), dst_queue=QUEUE),
    ],
    "SimpleSearchContact@3.2": [Forms.contacts(NUMBER, queues=[QUEUE])],
    "UpdateRecord@4.1": [
        Forms.update_record(
            RecordId("1"), queue=QueueId("1"), phonenumber=NUMBER, fields={FieldId("1"): "a"},
            user=UserId("1"), status=RELEASE, action=RecordAction.DONE, nextcall=AT,
        )
    ],
    "CreateEvent@3.8": [Events.create("Custom_a", params={"a": "b"}, time="+1 hour")],
    "ActivityClose@4.0": [Activities.close("a", status=StatusName("a"))],
    "ActivityUpdate@4.0": [Activities.update(["a"], status=StatusName("a"))],
    "CheckNumber@4.0": [Autodialer.check_number(NUMBER)],
    "GetStatuses@4.0": [Autodialer.statuses()],
    "EmailCreate@4.1": [
        Emails.create(queue=QUEUE, subject="a", sender="a@b.example", body="a", user=USER, name="a")
    ],
}  # fmt: skip
