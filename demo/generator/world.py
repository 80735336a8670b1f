"""The true world: firms, the people who work there, and what they will do. No mess in here."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from demo.generator.vocabulary import COUNTRIES, INDUSTRIES, OWNERS, TITLES, Country

SEED = "lumenhafen-2026"
START = datetime(2025, 10, 1)
END = datetime(2026, 6, 30, 20)
AS_OF = datetime(2026, 7, 1)
PORTAL = "25881402"
PEOPLE = 318

NOT_IN_CRM = ("Ährenfeld", "Gorsedown", "Maple Junction", "Hautefeuille", "Murfeld",
              "Jezioro Białe")

# What becomes of a person: (share, stages reached)
FATES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (20, ("subscriber",)),
    (28, ("lead",)),
    (14, ("lead", "marketingqualifiedlead")),
    (8, ("lead", "marketingqualifiedlead", "salesqualifiedlead")),
    (17, ("lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity")),
    (13, ("lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer")),
)

_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae", "ł": "l",
     "\N{LATIN SMALL LETTER DOTLESS I}": "i", "đ": "d"}
)


def stream(name: str) -> random.Random:
    """A random stream of its own, so that a change in one part leaves the others as they were."""
    return random.Random(f"{SEED}:{name}")


def fold(text: str) -> str:
    """Lower-case letters and digits only, umlauts written out (``Größe`` → ``groesse``)."""
    spelled = unicodedata.normalize("NFC", text).lower().translate(_LETTERS)
    bare = unicodedata.normalize("NFKD", spelled)
    return "".join(char for char in bare if char.isascii() and char.isalnum())


@dataclass
class Firm:
    """One true firm; ``key`` is the truth, ``company_id`` the CRM's number ('' = not there)."""

    key: str
    name: str
    stem: str
    domain: str
    country: Country
    city: tuple[str, str, str]
    industry: str
    employees: int
    revenue: int
    owner: str
    company_id: str
    created: datetime


@dataclass
class Person:
    """One true person. Ids are '' where the person is not in that system."""

    key: str
    first: str
    last: str
    title: str
    firm: Firm
    email: str
    phone: tuple[str, str, str] | None
    stages: tuple[str, ...]
    started: datetime
    contact_id: str = ""
    user_id: str = ""
    helpdesk_id: str = ""
    lists: tuple[str, ...] = ()
    visits_web: bool = False
    reached: list[tuple[str, datetime]] = field(default_factory=list)

    @property
    def owner(self) -> str:
        """The CRM owner: the firm's."""
        return self.firm.owner


@dataclass
class World:
    """Everything that is true."""

    firms: list[Firm]
    people: list[Person]

    def firm(self, stem: str) -> Firm:
        """The firm with this invented name."""
        return next(firm for firm in self.firms if firm.stem == stem)

    def next_person_key(self) -> str:
        """A person key that is not taken."""
        return f"P{len(self.people) + 1:04d}"


def moment(rng: random.Random, start: datetime, end: datetime) -> datetime:
    """A time between two times, mostly in office hours, to the microsecond."""
    day = start + timedelta(days=rng.random() * max((end - start).total_seconds(), 0) / 86400)
    if rng.random() < 0.8:
        day = day.replace(hour=rng.randint(7, 16), minute=rng.randint(0, 59))
    day = day.replace(second=rng.randint(0, 59), microsecond=rng.randint(0, 999) * 1000)
    return min(max(day, start), end)


def build() -> World:
    """Make the firms and the ordinary people of the demo, the same on every run."""
    firms = _firms()
    return World(firms, _people(firms))


def _firms() -> list[Firm]:
    rng = stream("firms")
    firms: list[Firm] = []
    for country in COUNTRIES:
        for number, stem in enumerate(country.stems[: country.firms]):
            trade, legal = rng.choice(country.trades), rng.choice(country.legal)
            front = country.code in {"ES", "IT", "FR"}
            name = f"{trade} {stem} {legal}" if front else f"{stem} {trade} {legal}"
            host = fold(stem)
            domain = f"{host}.example" if number % 5 < 3 else f"{host}-example.{country.suffix}"
            size = int(10 ** rng.uniform(1.0, 3.6))
            count = len(firms) + 1
            firms.append(
                Firm(
                    key=f"F{count:03d}",
                    name=name,
                    stem=stem,
                    domain=domain,
                    country=country,
                    city=rng.choice(country.cities),
                    industry=rng.choice(INDUSTRIES),
                    employees=size,
                    revenue=size * rng.randrange(90, 260) * 1000,
                    owner=rng.choice(OWNERS[:6])[0],
                    company_id="" if stem in NOT_IN_CRM else str(7_600_000_000 + count * 7919),
                    created=moment(rng, START, START + timedelta(days=150)),
                )
            )
    return firms


def _address(rng: random.Random, firm: Firm, first: str, last: str, taken: set[str]) -> str:
    """An e-mail address in the firm's own pattern, not yet taken."""
    given, family = fold(first), fold(last)
    pattern = random.Random(f"{SEED}:{firm.stem}").choice((0, 0, 0, 1, 2, 3))
    local = (f"{given}.{family}", f"{given[0]}.{family}", f"{given}", f"{given[0]}{family}")[
        pattern
    ]
    address, extra = f"{local}@{firm.domain}", 2
    while address in taken:
        address, extra = f"{given}.{family}{extra}@{firm.domain}", extra + 1
    taken.add(address)
    return address


def _people(firms: list[Firm]) -> list[Person]:
    rng = stream("people")
    people: list[Person] = []
    taken: set[str] = set()
    names: set[tuple[str, str]] = set()
    phones: dict[tuple[str, str, str], int] = {}
    fates = [stages for share, stages in FATES for _ in range(share)]
    crowd = [firm for firm in firms for _ in range(1 + firm.employees // 250)]
    while len(people) < PEOPLE:
        firm = rng.choice(crowd)
        country = firm.country
        first, last = rng.choice(country.first), rng.choice(country.last)
        if (first, last) in names:
            continue
        names.add((first, last))
        count = len(people) + 1
        stages = rng.choice(fates)
        titles = country.titles if country.titles and rng.random() < 0.5 else TITLES
        person = Person(
            key=f"P{count:04d}",
            first=first,
            last=last,
            title=rng.choice(titles),
            firm=firm,
            email=_address(rng, firm, first, last, taken),
            phone=_phone(rng, country, phones),
            stages=stages,
            started=moment(rng, START, END - timedelta(days=12)),
        )
        if rng.random() < 0.86 or len(stages) > 1:
            person.contact_id = str(10_100_000 + count * 137 + rng.randrange(100))
        if rng.random() < 0.6 or not person.contact_id:
            person.lists = ("5b9e1c04d7",)
            if rng.random() < 0.18:
                person.lists = ("5b9e1c04d7", "c1a7704e2f")
        person.visits_web = rng.random() < 0.52
        if person.visits_web and rng.random() < 0.6:
            person.user_id = f"usr_{rng.getrandbits(40):010x}"
        if ("customer" in stages and rng.random() < 0.75) or rng.random() < 0.04:
            person.helpdesk_id = str(360_400_000_000 + count * 1013)
        _lifecycle(rng, person)
        people.append(person)
    return people


def _phone(
    rng: random.Random, country: Country, used: dict[tuple[str, str, str], int]
) -> tuple[str, str, str] | None:
    """(country code, area, local number) out of a range reserved for fiction, or nothing."""
    if not country.phones or rng.random() < 0.3:
        return None
    code, area, start, digits = rng.choice(country.phones)
    place = ("1", "", "") if code == "1" else (code, area, start)
    used[place] = used.get(place, 10) + 1
    serial = used[place]
    if digits == 2:
        serial %= 100
    return code, area, f"{start}{serial:0{digits}d}"


def _lifecycle(rng: random.Random, person: Person) -> None:
    """Fill ``reached`` with the stages that fit into the demo period."""
    waits = {"subscriber": (0, 1), "lead": (0, 1), "marketingqualifiedlead": (2, 30),
             "salesqualifiedlead": (1, 16), "opportunity": (1, 14), "customer": (18, 75)}
    at = person.started
    for stage in person.stages:
        low, high = waits[stage]
        if stage not in {"subscriber", "lead"}:
            at = moment(rng, at + timedelta(days=low), at + timedelta(days=high))
        if at > END - timedelta(days=1):
            break
        person.reached.append((stage, at))
