"""The price list for calls the call centre makes, in crowns per minute, billed by half-minutes begun."""

import struct
from dataclasses import dataclass

STEP_S = 30
STEPS_PER_MINUTE = 2


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a call to this destination costs; `least_steps` half-minutes are billed of even the shortest call."""

    type: str
    destination: str
    per_minute: float
    least_steps: int = 1

    def price(self, seconds: int) -> float:
        """The price of a call; the PBX keeps tariffs in single precision, and its prices show it."""
        steps = max(-(-seconds // STEP_S), self.least_steps)
        (single,) = struct.unpack("f", struct.pack("f", self.per_minute))
        return float(single) * steps / STEPS_PER_MINUTE


FREE = Tariff(type="", destination="", per_minute=0.0)
MOBILE = "Mobilni_Hovory"
SPECIAL = "Specialni_Cisla"
# By the first digits of the number; the longest that fits counts.
PRICES = {
    "2": Tariff("Pevna_Linka", "Ceska republika", 0.9),
    "3": Tariff("Pevna_Linka", "Ceska republika", 0.9),
    "4": Tariff("Pevna_Linka", "Ceska republika", 0.9),
    "5": Tariff("Pevna_Linka", "Ceska republika", 0.9),
    "6": Tariff(MOBILE, "Ceska republika - mobil O2", 4.5),
    "603": Tariff(MOBILE, "Ceska republika - mobil T-mobile", 4.5),
    "604": Tariff(MOBILE, "Ceska republika - mobil T-mobile", 4.5),
    "605": Tariff(MOBILE, "Ceska republika - mobil T-mobile", 4.5),
    "608": Tariff(MOBILE, "Ceska republika - mobil Vodafone", 4.5),
    "7": Tariff(MOBILE, "Ceska republika - mobil O2", 4.5),
    "73": Tariff(MOBILE, "Ceska republika - mobil T-mobile", 4.5),
    "77": Tariff(MOBILE, "Ceska republika - mobil Vodafone", 4.5),
    "80": Tariff(SPECIAL, "Zelena linka ", 0.0),
    "84": Tariff(SPECIAL, "Bila linka ", 1.915, least_steps=4),
    "00": Tariff("Mezinarodni_Hovory", "Zahranici", 9.0),
}
HOME_PREFIXES = ("+420", "00420")


def tariff(number: str) -> Tariff:
    """The tariff for calls to this number; extensions and numbers nobody can call cost nothing."""
    for prefix in HOME_PREFIXES:
        number = number.removeprefix(prefix)
    number = "00" + number[1:] if number.startswith("+") else number
    is_outside = len(number) >= 9
    prefixes = (number[:length] for length in (3, 2, 1)) if is_outside else ()
    return next((PRICES[prefix] for prefix in prefixes if prefix in PRICES), FREE)
