"""What a simulated office holds before anybody does anything: two weeks of records, messages and e-mails."""

from dashboard.gateway.engine import Directory, QueueType, User
from dashboard.gateway.office.desk import Desk
from dashboard.gateway.office.forms import RecordAction, Values
from dashboard.gateway.office.messages import Draft, Message, Sim
from dashboard.gateway.office.outbox import Outbox
from dashboard.gateway.office.records import Records
from dashboard.gateway.office.texts import parts_count, sent_text
from dashboard.gateway.simulated.draws import Draws
from dashboard.gateway.simulated.office import catalogue
from dashboard.gateway.simulated.people import ascii_text, names

RECORDS_PER_CAMPAIGN, RECORDS_IN_ALL = 600, 12_000
SMS_SEEDED, CONNECT_SEEDED, EMAILS_SEEDED = 60, 24, 20
LEAST_AGE_S, GREATEST_AGE_S = 3 * 3600, 14 * 24 * 3600
HOUR_MS = 3_600_000
FREE_SHARE, DONE_SHARE = 0.75, 0.9


def records_seed(records: Records, *, directory: Directory, draws: Draws, now_at: int) -> None:
    """Records of every campaign: some to be called, some planned for later, some done."""
    agents = {
        queue.id: [user.id for user in directory.users.values() if _takes_part(user, queue.id)]
        for queue in directory.queues.values()
        if queue.type is QueueType.CAMPAIGN
    }
    count = min(RECORDS_PER_CAMPAIGN, RECORDS_IN_ALL // max(len(agents), 1))
    for queue_id, user_ids in agents.items():
        people = names(count=count, draws=draws)
        for (_, name), created_at in zip(people, _moments(count, draws, now_at), strict=True):
            record = records.create(
                queue_id=queue_id,
                number=draws.phone(),
                created_at=created_at,
                title=name,
                fields=_form(name, draws=draws),
            )
            kind = draws.share()
            if kind < FREE_SHARE or not user_ids:
                continue
            is_done = kind < DONE_SHARE
            results = [status for status, ends, _ in catalogue.RESULTS if ends is is_done]
            user_id = draws.one_of(user_ids)
            edited_at = created_at + round((now_at - created_at) * draws.share())
            records.attempt_note(record.id, is_answered=True, at=edited_at)
            records.save(
                record,
                by=user_id,
                edited_at=edited_at,
                user_id=user_id,
                action=RecordAction.DONE if is_done else RecordAction.PLANNED,
                status_id=draws.one_of(results),
                next_call_at=None if is_done else now_at + draws.uniform_ms(3600, 48 * 3600),
            )


def sms_seed(outbox: Outbox, *, draws: Draws, now_at: int, first_id: int) -> None:
    """Messages through SIM cards, in both directions."""
    for index, created_at in enumerate(_moments(SMS_SEEDED, draws, now_at)):
        is_inbound = draws.chance(0.25)
        text = sent_text(
            draws.one_of(catalogue.SMS_IN if is_inbound else catalogue.SMS_OUT), is_unicode=False
        )
        draft = Draft(
            number=draws.phone(),
            text=text,
            parts=parts_count(text, is_unicode=False),
            wants_receipt=not is_inbound and draws.chance(0.5),
            sim=Sim(1, 1, 1 + index % 2),
        )
        message = Message(id=first_id + index, draft=draft, created_at=created_at, is_inbound=is_inbound)
        processed_at = created_at + draws.uniform_ms(2, 30)
        outbox.remember(message.received(processed_at) if is_inbound else message.sent(processed_at))


def connect_seed(outbox: Outbox, *, draws: Draws, now_at: int, first_id: int) -> None:
    """Messages through the operators; one of them was not to be sent."""
    for index, created_at in enumerate(_moments(CONNECT_SEEDED, draws, now_at)):
        text = draws.one_of(catalogue.SMS_OUT)
        draft = Draft(
            number="00420" + draws.phone(),
            text=text,
            parts=parts_count(text, is_unicode=True),
            is_unicode=True,
            wants_receipt=draws.chance(0.7),
        )
        message = Message(id=first_id + index, draft=draft, created_at=created_at)
        is_refused = index == CONNECT_SEEDED // 2
        outbox.remember(message.forbidden() if is_refused else message.sent(created_at + 1000))


def desk_seed(desk: Desk, *, directory: Directory, draws: Draws) -> None:
    """E-mails with activities, some of which have been closed."""
    queues = [queue for queue in directory.queues.values() if queue.type is QueueType.EMAIL]
    for index in range(EMAILS_SEEDED if queues else 0):
        _, name = names(count=1, draws=draws)[0]
        _, activity = desk.email_create(
            queue_id=draws.one_of(queues).id,
            user_id=None,
            name=None,
            subject=draws.one_of(catalogue.EMAIL_SUBJECTS),
            sender=_address(name),
            text="Dobrý den, prosím o odpověď. Děkuji.",
            activity_name=f"activity_{100 + index}",
        )
        if index % 2:
            desk.activity_close(activity.name, status_id=catalogue.STATUS_ORDER)


def _takes_part(user: User, queue_id: int) -> bool:
    return any(skill.queue_id == queue_id and skill.is_automatic for skill in user.skills)


def _moments(count: int, draws: Draws, now_at: int) -> list[int]:
    return sorted(now_at - draws.uniform_ms(LEAST_AGE_S, GREATEST_AGE_S) for _ in range(count))


def _form(name: str, *, draws: Draws) -> Values:
    first, _, last = name.partition(" ")
    town, post_code = draws.one_of(catalogue.TOWNS)
    filled = {
        catalogue.FIRST_NAME_FIELD: (first,),
        catalogue.LAST_NAME_FIELD: (last,),
        catalogue.TOWN_FIELD: (town,),
        catalogue.POST_CODE_FIELD: (post_code,),
        catalogue.EMAIL_FIELD: (_address(name),),
    }
    return {field.id: filled.get(field.id, ()) for field in catalogue.FORM}


def _address(name: str) -> str:
    return f"{ascii_text(name).replace(' ', '.')}@posta.example"
