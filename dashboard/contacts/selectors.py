"""Who a number belongs to, and which PBX a webhook comes from."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Subquery

from dashboard import conf
from dashboard.contacts.process import the_process
from dashboard.contacts.recall import Answer
from dashboard.domain.numbers import number_canonical
from dashboard.models import Contact, ContactNumber, Hook
from dashboard.models.hooks import secret_digest

DIALPLAN = (
    ("on arrival", "callid=${CALLERID(num)}&dnd=${FROM_DID}"),
    *(
        (
            when,
            f"callerId=${{CALLERID(num)}}&calleeId=${{FROM_DID}}&line=${{REAL_EXTEN}}&idcall=${{ID_CALL}}&action={action}",
        )
        for when, action in (("ringing at a line", "ringing"), ("answer", "answer"), ("hang-up", "hangup"))
    ),
)
"""The documented hooks: when they are called, and their query."""


def hook_stream(secret: str) -> str | None:
    """The stream of the PBX to which the secret was given; None if to none."""
    hooks = Hook.objects.filter(secret_digest=secret_digest(secret))
    return hooks.values_list("pbx__slug", flat=True).first()


def dialplan_lines(hook: Hook, *, base_url: str) -> list[tuple[str, str]]:
    """For each hook of the PBX's settings its line of the dialplan. They hold the secret."""
    address = f"{base_url.rstrip('/')}/hooks/{hook.secret}/"
    return [(when, f'AGI(notify_crm_api.agi,"{address}?{query}","CRMAPI")') for when, query in DIALPLAN]


def contact_answer(number: str) -> Answer:
    """What is kept about the owner of a canonical number, under the PBX's keys; {} if nobody is known.

    The owner is asked for before the contact: for an ordered join of both, PostgreSQL compares every contact with every number as
    long as it believes that there are none.
    """
    if not number:
        return {}
    owner = ContactNumber.objects.filter(number=number).order_by().values("contact_id")[:1]
    rows = Contact.objects.filter(pk=Subquery(owner)).order_by().values("name", "company", "address")
    return {key.upper(): str(text) for row in rows for key, text in row.items() if text}


def caller_names(stream: str, calls: Mapping[str, str | None]) -> dict[str, str]:
    """Names that webhooks brought, for running calls (id to the caller's number). One question to Redis, none without calls.

    Raises `redis.RedisError`.
    """
    if not calls:
        return {}
    country = conf.phone_country()
    numbers = {id_: number_canonical(caller, country=country) for id_, caller in calls.items()}
    return the_process().recall.names(stream=stream, calls=numbers)
