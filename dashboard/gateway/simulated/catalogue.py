"""The queues and pauses a simulated call centre is made of."""

from dataclasses import dataclass

from dashboard.gateway.engine import Pause, PauseKind, QueueType
from dashboard.gateway.simulated.draws import words

IN, OUT, CAMPAIGN, CLICK = QueueType.INBOUND, QueueType.OUTBOUND, QueueType.CAMPAIGN, QueueType.CLICK
CHAT, EMAIL = QueueType.CHAT, QueueType.EMAIL

EMAIL_PATIENCE_S = 1500.0
"""An e-mail that lies about for so long is taken out of the queue by hand: else those of a night would fill the day."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How a kind of queue behaves. `share` is its share of the agents; `load` how busy these are at the peak."""

    title: str
    type: QueueType
    share: float
    talk_s: float
    wrap_up_s: int
    load: float
    ring_strategy: str = "leastrecent"
    weight: int = 0
    threshold_s: int = 20
    patience_s: float = 170.0
    max_wait_s: int = 0


KINDS = (
    Kind(title="Technická podpora", type=IN, share=11, talk_s=130, wrap_up_s=20, load=0.66),
    Kind(title="Reklamace", type=IN, share=6, talk_s=120, wrap_up_s=25, load=0.52),
    Kind(title="Prodej", type=IN, share=7, talk_s=100, wrap_up_s=20, load=0.54),
    Kind(
        title="VIP linka",
        type=IN,
        share=3,
        talk_s=100,
        wrap_up_s=15,
        load=0.3,
        ring_strategy="ringall",
        weight=5,
        threshold_s=10,
        max_wait_s=120,
    ),
    Kind(title="Odchozí hovory", type=OUT, share=3, talk_s=80, wrap_up_s=20, load=0.0),
    Kind(title="Kampaň Retence", type=CAMPAIGN, share=4, talk_s=60, wrap_up_s=25, load=0.0),
    Kind(
        title="Chat na webu",
        type=CHAT,
        share=3,
        talk_s=300,
        wrap_up_s=10,
        load=0.45,
        threshold_s=60,
        patience_s=300,
    ),
    Kind(
        title="E-maily",
        type=EMAIL,
        share=3,
        talk_s=300,
        wrap_up_s=0,
        load=0.4,
        threshold_s=600,
        patience_s=EMAIL_PATIENCE_S,
    ),
    Kind(title="Zavoláme vám", type=CLICK, share=2, talk_s=90, wrap_up_s=20, load=0.0),
)
MORE_SUBJECTS = words(
    "Fakturace Objednávky Doprava Pobočka Servis Reklamace Podpora Prodej Pojištění Věrnost"
)
PLACES = words(
    "Praha Brno Ostrava Plzeň Liberec Olomouc Hradec Zlín Jihlava Pardubice Kladno Opava Most Karviná Děčín "
    "Teplice Chomutov Přerov Jablonec Prostějov"
)

WRAP_ID, IDLER_ID, BACK_OFFICE_ID, BREAK_ID, LUNCH_ID, EMAIL_ID, TRAINING_ID = 2, 3, 4, 6, 7, 8, 9
PAUSES = (
    Pause(id=IDLER_ID, code="666", title="Lajdák", kind=PauseKind.IDLER, is_paid=False),
    Pause(id=WRAP_ID, code="20", title="Wrap", kind=PauseKind.WRAP, is_paid=True),
    Pause(id=BACK_OFFICE_ID, code="13", title="Backoffice", kind=PauseKind.NORMAL, is_paid=True),
    Pause(id=5, code="12", title="Kuřárna", kind=PauseKind.NORMAL, is_paid=False, is_deleted=True),
    Pause(id=BREAK_ID, code="11", title="Přestávka", kind=PauseKind.NORMAL, is_paid=False),
    Pause(id=LUNCH_ID, code="10", title="Oběd", kind=PauseKind.NORMAL, is_paid=False),
    Pause(id=EMAIL_ID, code="667", title="E-mail", kind=PauseKind.NORMAL, is_paid=True),
    Pause(id=TRAINING_ID, code="668", title="Školení", kind=PauseKind.NORMAL, is_paid=True),
)


def kinds(count: int) -> list[Kind]:
    """That many kinds: the named ones first, then subjects by place, mostly inbound."""
    return [KINDS[index] if index < len(KINDS) else _generated(index - len(KINDS)) for index in range(count)]


def _generated(index: int) -> Kind:
    round_, within = divmod(index, len(MORE_SUBJECTS) * len(PLACES))
    subject = MORE_SUBJECTS[within % len(MORE_SUBJECTS)]
    place = PLACES[(within // len(MORE_SUBJECTS) + within) % len(PLACES)]
    title = f"{subject} {place}" + (f" {round_ + 1}" if round_ else "")
    type_ = {6: OUT, 13: CAMPAIGN, 16: CHAT, 19: EMAIL}.get(index % 20, IN)
    load = 0.0 if type_ in {OUT, CAMPAIGN} else 0.5
    talk_s = 400 if type_ in {CHAT, EMAIL} else 180
    return Kind(
        title=title,
        type=type_,
        share=5,
        talk_s=talk_s,
        wrap_up_s=20,
        load=load,
        ring_strategy="ringall" if index % 11 == 5 else "leastrecent",
        patience_s=EMAIL_PATIENCE_S if type_ is EMAIL else 170,
    )
