"""Names of agents and pauses, kept for the time when the PBX has forgotten them."""

from __future__ import annotations

from django.db import transaction

from dashboard.history.acw import acw_set, wraps_of
from dashboard.history.fitting import misfit, storable
from dashboard.history.writing import turn_take
from dashboard.models import Agent, AgentStay, PauseKind, Pbx
from dashboard.pbx import Operators, Pauses
from dashboard.pbx.groups.base import Sender

DEADLINE_S = 30.0
AT_ONCE = 500


def names_read(pbx: Pbx, client: Sender) -> None:
    """Enter agents and pauses as the PBX names them now. Raises `PbxError`.

    Those whose ID cannot be stored are in no row of the history either. Where a kind of pause is after-call work and was not known
    as such, pauses that were read already are looked at again.
    """
    users = client.send(Operators.all(deadline_s=DEADLINE_S))
    pauses = client.send(Pauses.all(deadline_s=DEADLINE_S))
    agents = [
        Agent(
            pbx=pbx,
            agent_id=id_,
            login=storable(user.name or "")[:100],
            name=storable(user.title or "")[:200],
            is_gone=bool(user.deleted),
        )
        for id_, user in users.items()
    ]
    kinds = [
        PauseKind(
            pbx=pbx,
            pause_id=id_,
            title=storable(pause.title or "")[:200],
            type=pause.type.value,
            is_paid=pause.paid,
        )
        for id_, pause in pauses.items()
    ]
    agents = [agent for agent in agents if not misfit(agent)]
    kinds = [kind for kind in kinds if not misfit(kind)]
    known = wraps_of(pbx)
    with transaction.atomic():
        Agent.objects.bulk_create(
            agents,
            update_conflicts=True,
            unique_fields=("pbx", "agent_id"),
            update_fields=("login", "name", "is_gone"),
        )
        PauseKind.objects.bulk_create(
            kinds,
            update_conflicts=True,
            unique_fields=("pbx", "pause_id"),
            update_fields=("title", "type", "is_paid"),
        )
        if agents:
            Agent.objects.filter(pbx=pbx).exclude(agent_id__in=users.keys()).update(is_gone=True)
    if added := wraps_of(pbx) - known:
        _acw_again(pbx, added)


def _acw_again(pbx: Pbx, pause_ids: set[str]) -> None:
    """In portions, each a transaction of its own."""
    stays = AgentStay.objects.filter(pbx=pbx, kind=AgentStay.Kind.PAUSE, subject_id__in=pause_ids)
    last = 0
    while part := list(stays.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        with transaction.atomic():
            turn_take(pbx)
            acw_set(pbx, part)
        last = part[-1].pk


def names_ensure(pbx: Pbx, client: Sender) -> None:
    """Have the kinds of pauses before pauses are read: which of them are after-call work depends on them. Raises `PbxError`."""
    if not PauseKind.objects.filter(pbx=pbx).exists():
        names_read(pbx, client)
