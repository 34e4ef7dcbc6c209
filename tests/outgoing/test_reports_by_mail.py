"""Reports by e-mail, through a real mail server on this machine."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import openpyxl
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.contrib.auth.models import User

from dashboard.models import Profile, Queue, ReportDelivery, ReportSubscription, Team
from dashboard.outgoing import services
from tests.figures.conftest import local

pytestmark = pytest.mark.django_db

TUESDAY = local(7, 5, day=24)
LONG_AGO = local(7) - timedelta(days=100)


class Inbox(Message):
    """A mail server that keeps what it gets; while it is `full` it takes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[EmailMessage] = []
        self.is_full = False

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802
        if self.is_full:
            return "452 The mailbox is full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def prepare_message(self, session, envelope):
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return super().prepare_message(session, envelope)

    def handle_message(self, message: object) -> None:
        """Kept already."""


class FreePort(Controller):
    """On whatever port is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def inbox(settings) -> Iterator[Inbox]:
    inbox = Inbox()
    controller = FreePort(inbox, hostname="127.0.0.1", port=0)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    yield inbox
    controller.stop()


def subscribe(**fields: object) -> ReportSubscription:
    row = ReportSubscription.objects.create(**fields)
    ReportSubscription.objects.filter(pk=row.pk).update(made_at=LONG_AGO)
    row.refresh_from_db()
    return row


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def attached(message: EmailMessage) -> openpyxl.Workbook:
    (part,) = message.iter_attachments()
    return openpyxl.load_workbook(io.BytesIO(part.get_content()))


def test_yesterdays_figures_come_in_the_morning(inbox: Inbox, manager: User, monday: None) -> None:
    subscribe(user=manager)
    assert services.reports_send(now=local(6, 59, day=24)) == 0
    assert services.reports_send(now=TUESDAY) == 1
    (message,) = inbox.messages
    assert message["to"] == "mona@example.com"
    assert message["subject"] == "Queues on 2026-11-23"
    assert "Service level: 63.6" in text_of(message), "7 of 11"
    assert "Support" not in text_of(message) + text_of(message, "html"), "a queue of others"
    line = [cell.value for cell in attached(message).worksheets[0][2]]
    assert (line[0], line[2], line[3]) == ("Sales", pytest.approx(7 / 11), 12)
    totals = [cell.value for cell in attached(message).worksheets[0][3]]
    assert totals[2:4] == line[2:4]


def test_a_report_is_sent_once(inbox: Inbox, manager: User, monday: None) -> None:
    subscribe(user=manager)
    for minutes in range(3):
        services.reports_send(now=TUESDAY + timedelta(minutes=minutes))
    assert len(inbox.messages) == 1
    services.reports_send(now=TUESDAY + timedelta(days=1))
    assert [message["subject"] for message in inbox.messages] == [
        "Queues on 2026-11-23",
        "Queues on 2026-11-24",
    ]


def test_a_weekly_report_is_about_the_seven_days_before_its_weekday(
    inbox: Inbox, manager: User, monday: None
) -> None:
    subscribe(user=manager, period="weekly", weekday=3, send_at=time(6, 30))
    assert services.reports_send(now=TUESDAY) == 0
    assert services.reports_send(now=local(6, 30, day=26)) == 1
    assert inbox.messages[0]["subject"] == "Queues in the week 2026-11-19 – 2026-11-25"
    row = ReportDelivery.objects.get()
    assert (row.first_day, row.last_day) == (date(2026, 11, 19), date(2026, 11, 25))


def test_a_team_gets_it_each_member_for_what_he_may_see(
    inbox: Inbox, manager: User, queues: list[Queue], monday: None
) -> None:
    team = Team.objects.create(name="Both")
    team.queues.add(*queues)
    boss = User.objects.create_superuser("boss", "boss@example.com", "boss's password")
    stranger = User.objects.create_user("stan", "stan@example.com", "stan's password")
    team.members.add(boss, stranger)
    subscribe(team=team)
    manager.teams.add(team)
    assert services.reports_send(now=TUESDAY) == 2
    texts = {message["to"]: text_of(message) for message in inbox.messages}
    assert set(texts) == {"boss@example.com", "mona@example.com"}
    assert "Support" in texts["boss@example.com"]
    refused = ReportDelivery.objects.get(user=stranger)
    assert (refused.error, refused.next_try_at) == ("The receiver may not see reports.", None)


def test_queues_out_of_scope_are_left_out_whatever_was_chosen(
    inbox: Inbox, manager: User, queues: list[Queue], monday: None
) -> None:
    subscribe(user=manager).queues.add(*queues)
    services.reports_send(now=TUESDAY)
    assert "Sales" in text_of(inbox.messages[0])
    assert "Support" not in text_of(inbox.messages[0])
    manager.teams.clear()
    services.reports_send(now=TUESDAY + timedelta(days=1))
    assert len(inbox.messages) == 1
    row = ReportDelivery.objects.first()
    assert row is not None
    assert row.error == "None of the queues is the receiver's to see."


def test_what_the_mail_server_does_not_take_is_tried_again_and_recorded(
    inbox: Inbox, manager: User, monday: None
) -> None:
    subscribe(user=manager)
    inbox.is_full = True
    assert services.reports_send(now=TUESDAY) == 0
    row = ReportDelivery.objects.get()
    assert "The mailbox is full" in row.error
    assert row.next_try_at == TUESDAY + timedelta(minutes=5)
    assert services.reports_send(now=TUESDAY + timedelta(minutes=4)) == 0
    inbox.is_full = False
    assert services.reports_send(now=TUESDAY + timedelta(minutes=5)) == 1
    row.refresh_from_db()
    assert (row.tries, row.error, row.next_try_at) == (2, "", None)
    assert row.sent_at is not None


def test_after_the_last_try_it_is_given_up(inbox: Inbox, manager: User, monday: None) -> None:
    subscription = subscribe(user=manager)
    inbox.is_full = True
    services.reports_send(now=TUESDAY)
    ReportSubscription.objects.filter(pk=subscription.pk).update(made_at=TUESDAY + timedelta(days=90))
    for hours in range(1, 40):
        services.reports_send(now=TUESDAY + timedelta(hours=hours))
    row = ReportDelivery.objects.get()
    assert (row.tries, row.next_try_at, row.sent_at) == (len(services.WAITS) + 1, None, None)


def test_without_a_mail_server_the_reason_is_recorded(manager: User, monday: None) -> None:
    subscribe(user=manager)
    services.reports_send(now=TUESDAY)
    assert ReportDelivery.objects.get().error == "No mail server is set up: EMAIL_URL is not set."


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"email": ""}, "The receiver has no e-mail address."), ({"is_active": False}, "not active any more")],
)
def test_who_cannot_get_it_is_recorded(
    inbox: Inbox, manager: User, monday: None, change: dict[str, object], reason: str
) -> None:
    subscribe(user=manager)
    User.objects.filter(pk=manager.pk).update(**change)
    services.reports_send(now=TUESDAY)
    assert inbox.messages == []
    assert reason in ReportDelivery.objects.get().error


def test_a_new_report_does_not_send_what_lies_before_it(inbox: Inbox, manager: User, monday: None) -> None:
    row = subscribe(user=manager)
    ReportSubscription.objects.filter(pk=row.pk).update(made_at=local(12, day=24))
    assert services.reports_send(now=local(12, 1, day=24)) == 0
    assert services.reports_send(now=local(7, day=25)) == 1


def test_what_is_switched_off_is_not_sent(inbox: Inbox, manager: User, monday: None) -> None:
    row = subscribe(user=manager)
    ReportSubscription.objects.filter(pk=row.pk).update(is_enabled=False)
    assert services.reports_send(now=TUESDAY) == 0


def test_the_receivers_language_is_used(inbox: Inbox, manager: User, monday: None) -> None:
    Profile.objects.update_or_create(user=manager, defaults={"language": "cs"})
    subscribe(user=manager)
    assert services.reports_send(now=TUESDAY) == 1
    assert '<html lang="cs">' in text_of(inbox.messages[0], "html")


def test_the_time_is_that_of_the_call_centre_also_when_the_clocks_change(manager: User) -> None:
    row = subscribe(user=manager)
    for day, month in ((29, 3), (25, 10)):
        moment: datetime = services.due_at(row, now=local(12, day=day, month=month))
        assert moment == local(7, day=day, month=month)
