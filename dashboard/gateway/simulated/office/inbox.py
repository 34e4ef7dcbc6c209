"""Short messages that customers send: a few an hour by day, none in a quiet call centre."""

from dashboard.gateway.office.messages import Draft, Message
from dashboard.gateway.office.outbox import Outbox
from dashboard.gateway.office.texts import parts_count, sent_text
from dashboard.gateway.simulated.draws import Draws
from dashboard.gateway.simulated.office.catalogue import SMS_IN
from dashboard.gateway.simulated.world import World

EVERY_S = 480.0


class Inbox:
    """Messages that come in, with chances of their own, so that calls are the same with and without them."""

    def __init__(self, *, world: World, sms: Outbox) -> None:
        self._world, self._sms = world, sms
        self._draws = Draws(f"{world.settings.seed}:inbox")

    def start(self) -> None:
        """Begin; a call centre without activity gets none."""
        if self._world.settings.activity:
            self._plan_next()

    def receive(self, *, number: str, text: str) -> Message:
        """A message from this number; what a SIM card cannot receive is written without its diacritics."""
        plain = sent_text(text, is_unicode=False)
        parts = parts_count(plain, is_unicode=False)
        return self._sms.receive(Draft(number=number, text=plain, parts=parts))

    def _plan_next(self) -> None:
        gap_ms = self._draws.exponential_ms(EVERY_S / self._world.settings.activity)
        self._world.agenda.after(gap_ms, self._arrive)

    def _arrive(self) -> None:
        if self._draws.chance(self._world.profile.share(self._world.now_at)):
            self.receive(number=self._draws.phone(), text=self._draws.one_of(SMS_IN))
        self._plan_next()
