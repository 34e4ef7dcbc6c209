"""The office of the simulated call centre: its campaigns run with the calls, and it has a past."""

from functools import partial

from dashboard.gateway.office import Office
from dashboard.gateway.office.desk import Desk
from dashboard.gateway.office.forms import Record
from dashboard.gateway.office.outbox import Outbox
from dashboard.gateway.office.records import Records
from dashboard.gateway.simulated.acd import Acd
from dashboard.gateway.simulated.dialler import Dialler
from dashboard.gateway.simulated.draws import Draws
from dashboard.gateway.simulated.log import CallClassified
from dashboard.gateway.simulated.office import seed
from dashboard.gateway.simulated.office.campaigns import Campaigns
from dashboard.gateway.simulated.office.catalogue import FORM, STATUSES
from dashboard.gateway.simulated.staff import Staff
from dashboard.gateway.simulated.world import World

# Far apart: a group is stopped by its id alone, whichever gateway has it.
SMS_FIRST_ID, CONNECT_FIRST_ID = 7101, 10_000_001
# A SIM card takes its time, an operator's own gateway does not.
SMS_PACE_MS, CONNECT_PACE_MS = 500, 20


def office_open(*, world: World, acd: Acd, dialler: Dialler, staff: Staff) -> Office:
    """The office of this call centre. It must be opened before the first call."""
    settings, now_at = world.settings, world.now_at
    draws = Draws(f"{settings.seed}:office")
    records = Records(now=lambda: world.now_at, statuses=STATUSES, fields=FORM)
    sms, connect = (
        Outbox(now=lambda: world.now_at, timezone=settings.timezone, first_id=first_id, pace_ms=pace_ms)
        for first_id, pace_ms in ((SMS_FIRST_ID, SMS_PACE_MS), (CONNECT_FIRST_ID, CONNECT_PACE_MS))
    )
    desk = Desk(now=lambda: world.now_at)
    directory = world.directory
    seed.records_seed(records, directory=directory, draws=draws, now_at=now_at)
    seed.sms_seed(sms, draws=draws, now_at=now_at, first_id=SMS_FIRST_ID)
    seed.connect_seed(connect, draws=draws, now_at=now_at, first_id=CONNECT_FIRST_ID)
    seed.desk_seed(desk, directory=directory, draws=draws)
    campaigns = Campaigns(world=world, acd=acd, staff=staff, records=records, draws=draws)
    records.when_saved = partial(_call_classified, world)
    dialler.number_for = campaigns.number_for
    desk.when_emailed = partial(_email_waits, world, acd)
    return Office(records=records, scripts=campaigns, sms=sms, connect=connect, desk=desk)


def _call_classified(world: World, record: Record) -> None:
    """The status of a record is that of the call it was saved after."""
    if record.call_id is not None and record.status_id is not None:
        world.log.note(CallClassified(world.now_at, record.call_id, record.status_id))


def _email_waits(world: World, acd: Acd, queue_id: int) -> None:
    """An e-mail waits in its queue like a call; as with all written work here a number stands for who wrote it."""
    acd.enter(queue=world.queues[queue_id], caller=world.caller_next())
