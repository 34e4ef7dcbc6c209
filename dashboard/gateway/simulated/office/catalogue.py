"""The form of the simulated campaigns, the results of their calls, and what people write."""

from dashboard.gateway.office.forms import CallStatus, FormField

STATUS_NO_ANSWER, STATUS_ORDER = 5, 9
STATUSES = (
    CallStatus(4, "nechce_nabidku", "Nechce slyšet nabídku"),
    CallStatus(STATUS_NO_ANSWER, "nebere", "Nebere"),
    CallStatus(7, "nevolat", "Nemá zájem s námi hovořit"),
    CallStatus(8, "nezajem", "Nemá zájem"),
    CallStatus(STATUS_ORDER, "objednavka", "Objednávka"),
    CallStatus(12, "nema_cas", "Volat později - nemá čas"),
    CallStatus(14, "rozmysli_se", "Volat později - rozmyslí se"),
    CallStatus(15, "neopravnena_osoba", "Volat později - neoprávněná osoba"),
    CallStatus(16, "prevolavka", "Převolávka"),
    CallStatus(17, "zavolat_pozdeji_rozmysli", "Zavolat později", is_deleted=True),
)
# Status, whether the record is done with it, and how often agents choose it.
RESULTS = (
    (4, True, 20.0),
    (7, True, 6.0),
    (8, True, 24.0),
    (STATUS_ORDER, True, 18.0),
    (12, False, 14.0),
    (14, False, 12.0),
    (15, False, 4.0),
    (16, False, 2.0),
)

FIRST_NAME_FIELD, LAST_NAME_FIELD, NOTE_FIELD, TOWN_FIELD = 1, 2, 3, 4
POST_CODE_FIELD, EMAIL_FIELD, INTEREST_FIELD = 5, 6, 7
FORM = (
    FormField(FIRST_NAME_FIELD, "field_jmeno", "Jméno"),
    FormField(LAST_NAME_FIELD, "field_prijmeni", "Příjmení"),
    FormField(NOTE_FIELD, "field_poznamka", "Poznámka"),
    FormField(TOWN_FIELD, "field_obec", "Obec"),
    FormField(POST_CODE_FIELD, "field_psc", "PSČ"),
    FormField(EMAIL_FIELD, "field_email", "E-mail"),
    FormField(INTEREST_FIELD, "field_zajem", "Zájem", ("ANO", "NE")),
)
NOTES = (
    "Nabídku slyšel, rozmyslí si ji",
    "Volat až po šesté",
    "Chce poslat nabídku e-mailem",
    "Má smlouvu jinde",
    "Spokojený zákazník",
    "Žádá slevu",
)
TOWNS = (
    ("Praha 3", "13000"),
    ("Brno", "60200"),
    ("Ostrava", "70200"),
    ("Plzeň", "30100"),
    ("Olomouc", "77900"),
    ("Liberec", "46001"),
)
SMS_OUT = (
    "Dobrý den, Vaše objednávka byla odeslána.",
    "Připomínáme schůzku zítra v 10:00.",
    "Děkujeme za zavolání, reklamaci jsme přijali.",
    "Technik dorazí mezi 14. a 16. hodinou.",
)
SMS_IN = ("Dekuji, vyhovuje mi to.", "Prosim zavolejte mi.", "STOP", "Muzete poslat fakturu znovu?")
EMAIL_SUBJECTS = (
    "Dotaz na fakturu",
    "Reklamace zboží",
    "Změna adresy doručení",
    "Poděkování",
    "Nefunkční přihlášení",
)
