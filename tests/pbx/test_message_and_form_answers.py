"""The documented answers of messages, forms and the smaller sections, decoded."""

from decimal import Decimal

import pytest

from dashboard.pbx import (
    PbxNotInAnyQueue,
    RecordAction,
)
from dashboard.pbx.wire.forms import CallStatus, ExportCell, NumberChecked, NumberStatus, RecordAttempts
from dashboard.pbx.wire.messages import GroupSmsSent, GroupStatus, SmsSent, SmsStatus


def test_messages(decoded):
    settings = decoded(62).settings
    assert (settings.enabled_sms, settings.sending_rate_limit, settings.sending_rate_limit_admin) == (
        "CONNECT",
        0,
        1000,
    )
    assert settings.incoming_callback is None
    first, second = decoded(63)
    assert (first.id, first.direction, first.result, first.confirmed) == ("7180", "out", "error", False)
    assert (second.result, second.confirmed, second.price, second.count_sms) == (
        "ok",
        True,
        Decimal("3.500"),
        1,
    )
    assert decoded(64).count_removed == 2
    assert decoded(66) == decoded(67) == SmsSent(id="2222", count_sms=1)
    assert decoded(71) == {
        "11213": GroupStatus(
            group_id="11213", accountcode="1", datetime="2012-04-14 02:43:33",
            datetime_processed="2012-04-14 02:43:39", count_total=3, count_ok=1, count_waiting=2, count_error=0,
        )
    }  # fmt: skip
    assert decoded(72) == SmsStatus(count_waiting=3963, last_datetime_processed="2013-08-06 16:35:26")


def test_messages_of_sms_connect(decoded):
    message = decoded(73)["16"]
    assert (message.direction, message.result, message.recipient) == ("out", "SENT", "00420123456789")
    assert (message.datetime_sent, message.datetime_delivered, message.request_dlr) == (
        "2014-09-01 15:00:41", None, False,
    )  # fmt: skip
    assert decoded(75) == SmsSent(id="2222")
    assert decoded(76) == SmsStatus(count_waiting=3963)


@pytest.mark.parametrize("number", [65, 74])
def test_the_head_of_a_group_is_no_message(number, decoded):
    group = decoded(number)
    assert group["2446"] == GroupSmsSent(id="2446", group_id="2445", count_sms=1)
    assert [message_id for message_id, message in group.items() if not message.is_head] == ["2446", "2447"]


def test_closed_forms_say_whether_the_pause_was_switched(decoded):
    closed = decoded(77)
    assert (closed.record.record, closed.record.action, closed.record.status) == (
        "67",
        RecordAction.DONE,
        "4",
    )
    assert closed.pause_refusal is None
    assert decoded(78).record.action is RecordAction.PLANNED
    refused = decoded(79).pause_refusal
    assert isinstance(refused, PbxNotInAnyQueue)
    assert refused.pbx_text.startswith("Agent není přihlášen do žádné z front")


def test_open_forms(decoded):
    opened = decoded(80)
    assert (opened.record.record, opened.record.call_id, opened.record.action) == (
        "62", "1385987312.20", RecordAction.BEFORE_SAVING,
    )  # fmt: skip
    assert (opened.fields["2"].title, opened.fields["2"].value) == ("Příjmení", ["Evropa 58"])
    nothing = decoded(81)
    assert (nothing.record, nothing.fields) == (None, {})


def test_records(decoded):
    created, updated = decoded(84), decoded(94)
    assert (created.count, created.record.record, created.record.action) == (1, "47", RecordAction.FREE)
    assert (created.record.deleted, created.record.call_id, created.record.fields) == (False, None, {})
    assert (updated.record.number, updated.record.fields) == ("226211246", {"3": ["42"], "17": []})
    assert (updated.record.action, updated.record.action_raw) == (None, "UpdateRecord")
    assert decoded(87) == RecordAttempts(
        count_answered=3, count_unanswered=1, last_datetime="2014-04-17 13:45:13"
    )
    [snapshot] = decoded(88).rows
    assert (snapshot.record_snapshot, snapshot.record, snapshot.fields) == ("173", "51", {"1": ["42"]})
    assert [record.record for record in decoded(89).rows] == ["52", "53", "54"]
    assert decoded(89).total == 3


def test_exported_forms(decoded):
    row = decoded(86)[0]
    assert row["sysdata_date"] == ExportCell(id="sysdata_date", label="Datum", value="28.08.2012 16:20:17")
    assert row["sysdata_callstatus"].value is None


def test_statuses_of_calls_and_of_numbers(decoded):
    assert decoded(90)["9"] == CallStatus(id="9", code="objednavka", description="Objednavka", deleted=False)
    assert decoded(99) == NumberChecked(number="777888999", time="2014-02-11 16:10:47", status="1")
    assert decoded(100)[1] == NumberStatus(status="2", name="Schranka", code="2")


def test_contacts(decoded):
    [contact] = decoded(93)
    assert (contact.id_list, contact.number_campaign) == ("3", "1002")
    assert contact.values == {
        "Jméno": "Michal", "Email": "noreply@daktela.com", "Příjmení": "Hajek", "Vyber": "ANO",
    }  # fmt: skip
    assert (contact.sysdata_struct.callstatus, contact.sysdata_struct.agent_id) == ("7", "3")


def test_an_event_is_echoed(decoded):
    assert decoded(95) == [{"number": "226211245", "message": "Ahoj", "foo": {"bar": "examplevalue"}}]


def test_a_created_email(decoded):
    created = decoded(101)
    assert (created.email.email, created.email.queue, created.email.title) == ("15", "10", "Muj predmet")
    assert (created.activity.activity, created.activity.ticket, created.activity.item) == ("244", "5", "15")
