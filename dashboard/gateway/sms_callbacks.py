"""SMS callbacks: the addresses that SetSMSSettings was given, called for each message and each receipt."""

from functools import partial
from urllib.parse import quote

from dashboard.gateway.errands import Errand, Errands
from dashboard.gateway.office.messages import Message, Notice
from dashboard.gateway.office.outbox import Outbox
from dashboard.gateway.simulated.engine import SimulatedEngine


class SmsCallbacks:
    """Calls whoever wants to hear of messages; no message waits for that. `counts` is that of the errands."""

    def __init__(self, engine: SimulatedEngine) -> None:
        self._errands = Errands("SMS callbacks")
        self.counts = self._errands.counts
        with engine.office() as office:
            for outbox in (office.sms, office.connect):
                outbox.when_news = partial(self._note, outbox)

    def stop(self) -> None:
        """Call nobody any more; what is on its way is waited for."""
        self._errands.stop()

    def _note(self, outbox: Outbox, notice: Notice, message: Message) -> None:
        """On the thread of the simulation: only look, and put into a queue."""
        settings = outbox.settings
        url = settings.incoming_callback if notice is Notice.IN else settings.outgoing_callback
        if url:
            self._errands.put(Errand(callback_url(url, notice, message)), key=str(message.id))


def callback_url(template: str, notice: Notice, message: Message) -> str:
    """The address with the message in it: `$number` and the others where it has them, the rest appended.

    The names of what is appended, and that of a receipt's direction, are not documented.
    """
    values = {
        "number": message.draft.number,
        "message": message.draft.text,
        "id": str(message.id),
        "direction": notice.value,
    }
    address, hash_, fragment = template.partition("#")
    more = {"accountcode": message.draft.accountcode} if message.draft.accountcode else {}
    for name, value in values.items():
        if f"${name}" in address:
            address = address.replace(f"${name}", quote(value, safe=""))
        else:
            more[name] = value
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in more.items())
    if query:
        address += f"{'&' if '?' in address else '?'}{query}"
    return address + hash_ + fragment
