"""Marked values, so that one rendered export can be copied many times as other people.

A value that must differ between two copies of the company (an id, an e-mail address, a phone
number, a surname) is written as ``<OPEN>kind:value<CLOSE>``. Copy 0 renders the value as it is;
copy ``k`` renders it changed by ``k``, the same way wherever it stands, so that links between
records survive. Values without a mark (owners, stages, campaigns, hub values) stay shared.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

OPEN = "\ue000"
CLOSE = "\ue001"
MARKED = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")

FREE_MAIL = ("gmail.com", "googlemail.com", "gmx.de", "outlook.com")
_SECOND_NAMES = (
    "Alder", "Birk", "Cole", "Dahl", "Esch", "Frey", "Gale", "Hart", "Ibsen", "Jost", "Kern",
    "Lund", "Marsh", "Noll", "Orth", "Pell", "Quist", "Roth", "Stahl", "Thorn", "Ulm", "Vega",
    "Wolff", "Yates", "Zahn",
)


def mark(kind: str, value: str) -> str:
    """Mark ``value`` (empty stays empty)."""
    return f"{OPEN}{kind}:{value}{CLOSE}" if value else ""


def number(value: int | str) -> str:
    """A numeric id."""
    return mark("i", str(value))


def text_id(value: str) -> str:
    """An id of letters and digits."""
    return mark("s", value)


def hex_id(value: str) -> str:
    """A hexadecimal id; copies keep its length."""
    return mark("h", value)


def email(value: str) -> str:
    """An e-mail address in any spelling."""
    return mark("e", value)


def email_hash(value: str) -> str:
    """Mailchimp's member id: md5 of the lower-case address."""
    return mark("m", value)


def domain(value: str) -> str:
    """A firm's host name."""
    return mark("d", value)


def surname(value: str) -> str:
    """A family name."""
    return mark("n", value)


def firm(value: str) -> str:
    """A firm's name."""
    return mark("f", value)


def phone(country_code: str, area: str, local: str, style: str) -> str:
    """A phone number with its written form (``e164``, ``intl``, ``national`` or ``messy``)."""
    return mark("p", f"{country_code}|{area}|{local}|{style}")


def md5_of_address(address: str) -> str:
    """md5 (hex) of an address as Mailchimp computes it."""
    return hashlib.md5(address.strip().lower().encode()).hexdigest()


def _change_host(host: str, copy: int) -> str:
    """Put the copy number into the registrable label of a host of the invented world."""
    if copy == 0 or host.strip().lower() in FREE_MAIL:
        return host
    found = re.search(r"(?i)([^.@]+)(\.(?:co|com)\.[a-z]{2}|\.[a-z]+)(\s*)$", host)
    if not found:
        return host
    return f"{host[: found.end(1)]}{copy}{host[found.start(2):]}"


def _change_email(address: str, copy: int) -> str:
    if copy == 0:
        return address
    local, at, host = address.partition("@")
    if not at:
        return f"{address}{copy}"
    if host.strip().lower() in FREE_MAIL:
        return f"{local}{copy}@{host}"
    return f"{local}@{_change_host(host, copy)}"


def _write_phone(country_code: str, area: str, local: str, style: str, copy: int) -> str:
    """Copies keep country and length: the area changes (US) or the digits before the last three."""
    if copy:
        step = 10_000_000 if country_code == "1" else 1000
        national = str(int(area + local) + copy * step)[-len(area + local):]
        area, local = national[: len(area)], national[len(area):]
    if style == "e164":
        return f"+{country_code}{area}{local}"
    if country_code == "1":
        office, line = local[:3], local[3:]
        if style == "intl":
            return f"+1 {area} {office} {line}"
        if style == "messy":
            return f"1-{area}.{office}.{line}"
        return f"({area}) {office}-{line}"
    if style == "intl":
        return f"+{country_code} {area} {local[:-3]} {local[-3:]}"
    if style == "messy":
        return f"00{country_code} (0){area}-{local[:-3]} {local[-3:]}"
    return f"0{area} {local}"


def _surname(value: str, copy: int) -> str:
    if copy == 0:
        return value
    names = len(_SECOND_NAMES)
    second = _SECOND_NAMES[copy % names]
    if copy >= names:
        second += _SECOND_NAMES[copy // names % names].lower()
    return f"{value}-{second}"


_CHANGES: dict[str, Callable[[str, int], str]] = {
    "i": lambda value, copy: f"{value}{copy:04d}" if copy else value,
    "s": lambda value, copy: f"{value}-{copy}" if copy else value,
    "h": lambda value, copy: (
        hashlib.md5(f"{value}:{copy}".encode()).hexdigest()[: len(value)] if copy else value
    ),
    "e": _change_email,
    "m": lambda value, copy: md5_of_address(_change_email(value, copy)),
    "d": _change_host,
    "n": _surname,
    "f": lambda value, copy: f"{value} {copy}" if copy else value,
    "p": lambda value, copy: _write_phone(*value.split("|"), copy),
}


def resolve(token: str, copy: int) -> str:
    """The text of one marked value (``kind:value``) in copy ``copy``."""
    kind, _, value = token.partition(":")
    return _CHANGES[kind](value, copy)


def plain(text: str, copy: int = 0) -> str:
    """``text`` with every marked value resolved."""
    return MARKED.sub(lambda found: resolve(found.group(1), copy), text)


class Template:
    """A rendered block of text that is cheap to copy: constant parts and marked values."""

    def __init__(self, text: str) -> None:
        parts = MARKED.split(text)
        self._constants = [part.encode("utf-8", "surrogateescape") for part in parts[0::2]]
        names = parts[1::2]
        self._tokens = sorted(set(names))
        place = {name: index for index, name in enumerate(self._tokens)}
        self._order = [place[name] for name in names]

    def render(self, copy: int) -> bytes:
        """The block as copy ``copy``, in UTF-8 (deliberately broken bytes stay broken)."""
        values = [resolve(token, copy).encode() for token in self._tokens]
        out = [b""] * (2 * len(self._order) + 1)
        out[0::2] = self._constants
        out[1::2] = [values[index] for index in self._order]
        return b"".join(out)
