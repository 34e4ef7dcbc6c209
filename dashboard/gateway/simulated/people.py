"""Czech names for simulated agents."""

import unicodedata

from dashboard.gateway.simulated.draws import Draws, words

SURNAMES_MALE = words(
    "Novák Svoboda Novotný Dvořák Černý Procházka Kučera Veselý Horák Němec Pokorný Marek Pospíšil Hájek "
    "Král Jelínek Růžička Beneš Fiala Sedláček Doležal Zeman Kolář Krejčí Navrátil Čermák Vaněk Urban Kratochvíl "
    "Šimek Blažek Kříž Kopecký Bartoš Vlček Musil Šťastný Polák Štěpánek Malý Konečný Říha Staněk Holub"
)
SURNAMES_FEMALE = words(
    "Nováková Svobodová Novotná Dvořáková Černá Procházková Kučerová Veselá Horáková Němcová Pokorná Marková "
    "Pospíšilová Hájková Králová Jelínková Růžičková Benešová Fialová Sedláčková Doležalová Zemanová Kolářová "
    "Krejčová Navrátilová Čermáková Vaňková Urbanová Kratochvílová Šimková Blažková Křížová Kopecká Bartošová "
    "Vlčková Musilová Šťastná Poláková Štěpánková Malá Konečná Říhová Staňková Holubová"
)
FIRST_MALE = words(
    "Jiří Jan Petr Pavel Jaroslav Martin Tomáš Miroslav Zdeněk František Michal Václav Karel Jakub Lukáš "
    "David Ondřej Vojtěch Marek Filip Adam Matěj Štěpán Šimon Radek Aleš Roman Libor Vít Hynek"
)
FIRST_FEMALE = words(
    "Jana Marie Eva Hana Anna Lenka Kateřina Věra Lucie Alena Petra Veronika Jaroslava Tereza Martina Michaela "
    "Jitka Helena Monika Zuzana Markéta Barbora Kristýna Adéla Eliška Klára Šárka Žaneta Ivana Dagmar"
)


def names(*, count: int, draws: Draws) -> list[tuple[str, str]]:
    """That many people as (login, full name); no login and, up to 2,640 people, no name twice."""
    pairs = [(first, last) for first in FIRST_FEMALE for last in SURNAMES_FEMALE]
    pairs += [(first, last) for first in FIRST_MALE for last in SURNAMES_MALE]
    shuffled = draws.shuffled(pairs)
    taken: set[str] = set()
    people = []
    for index in range(count):
        first, last = shuffled[index % len(shuffled)]
        people.append((_login(first=first, last=last, taken=taken), f"{first} {last}"))
    return people


def ascii_text(text: str) -> str:
    """The text in lower case without diacritics."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


def _login(*, first: str, last: str, taken: set[str]) -> str:
    """The surname; when it is taken with the initial, then with a number."""
    base = ascii_text(last)
    login = base
    if login in taken:
        login = base = base + ascii_text(first)[0]
    number = 2
    while login in taken:
        login = f"{base}{number}"
        number += 1
    taken.add(login)
    return login
