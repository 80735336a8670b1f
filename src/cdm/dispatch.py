"""Delivering the outboxes: what waits in them goes to webhooks and mail, once.

    cdm dispatch            shows what would be sent
    cdm dispatch --send     sends it

The outboxes are tables of the state file. What was sent stands in a ledger of its own,
`dispatch/ledger.sqlite` in the warehouse folder: a rebuild, a rollback to an older state file or a
merge of two persons changes the outboxes and never the ledger. A message is written down before it
leaves. If the process dies in between, or the receiver takes it and never answers, nobody knows
whether it arrived; such a message is shown and not sent again until `--retry-unknown` says so.
Receivers get its key in the header Idempotency-Key.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import sqlite3
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console

from cdm.files import CdmError, Warehouse
from cdm.project import Project
from cdm.records import plural

OUTBOXES = {
    "task": "marts.task_outbox",
    "notification": "marts.notification_outbox",
    "crm_writeback": "marts.crm_writeback_outbox",
}
KINDS = ("slack", "webhook", "apprise")
TIMEOUT = 15.0  # seconds for one request
PAUSES = (1.0, 4.0)  # seconds before the second and the third try of one run
PAUSE_LIMIT = 60.0  # seconds that a receiver may make us wait
MOST_RUNS = 8  # runs after which a message that is refused for what it is, is given up
PATIENCE = 3  # messages in a row that a receiver has no time for, after which it is left alone
SILENT = (502, 504, 520, 524)  # a gateway between us had no answer: the receiver may have it

SCHEMA = """
create table if not exists delivery (
    target text not null,
    idempotency_key text not null,
    outbox text not null,
    status text not null,       -- sending, delivered, refused, given_up
    runs integer not null,      -- in how many runs it was tried
    first_at text not null,
    last_at text not null,
    answer text not null,
    primary key (target, idempotency_key)
)
"""


@dataclass(frozen=True)
class Target:
    """Where the messages of some outboxes go; one table `[targets.<name>]` of the settings file."""

    name: str
    kind: str  # one of KINDS
    url: str  # may name environment variables as ${NAME}
    outboxes: tuple[str, ...]
    channels: tuple[str, ...] = ()  # of notifications; empty means all

    def address(self) -> str:
        """Return the URL with its environment variables filled in.

        Raises CdmError naming a variable that is not set, or what is wrong; never the URL itself.
        """
        filled = self.url
        while "${" in filled:
            before, _, rest = filled.partition("${")
            name, _, after = rest.partition("}")
            value = os.environ.get(name, "").strip()
            if not value:
                raise CdmError(f"Target {self.name} needs the environment variable {name}.")
            filled = before + value + after
        if self.kind != "apprise" and not re.fullmatch(r"https?://[!-~]+", filled):
            raise CdmError(
                f"Target {self.name} needs a url that begins with http:// or https:// and has no "
                "blanks or letters beyond ASCII in it."
            )
        return filled

    def takes(self, message: Message) -> bool:
        """Say whether a message is for this target."""
        if message.outbox not in self.outboxes:
            return False
        return not self.channels or message.row.get("channel") in self.channels


@dataclass(frozen=True)
class Message:
    """One row of an outbox."""

    outbox: str
    row: dict[str, Any]

    @property
    def key(self) -> str:
        return str(self.row["idempotency_key"])

    def text(self) -> str:
        """Return the message in one line for people."""
        row = self.row
        title = row.get("title") or f"{row.get('field')} = {row.get('value')}"
        parts = [
            str(title),
            *(f"{name} {row[name]}" for name in ("crm_record", "owner_id") if row.get(name)),
            *([f"due {row['due_at']} UTC"] if row.get("due_at") else []),
        ]
        return " · ".join(parts)

    def payload(self) -> dict[str, Any]:
        """Return the row as JSON values; times in ISO 8601, UTC."""
        return {
            "outbox": self.outbox,
            **{
                name: f"{value.isoformat()}Z" if isinstance(value, datetime) else value
                for name, value in self.row.items()
                if not name.startswith("_") and name not in ("blocked_because", "expires_at")
            },
        }


class Unanswered(Exception):
    """A message left, and the receiver never said whether it took it."""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A moved address is a refusal: a POST that is led elsewhere loses its body on the way."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


OPENER = urllib.request.build_opener(NoRedirect)


class Refused(Exception):
    """The receiver has not taken a message. `lasting` says that trying again at once is no use."""

    def __init__(self, answer: str, lasting: bool = False, wait: float | None = None) -> None:
        super().__init__(answer)
        self.lasting = lasting
        self.wait = wait


@dataclass
class Report:
    """What one run did, counted in messages per target."""

    sent: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)  # would be sent; only in a dry run
    refused: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # not tried: the receiver had no time for others
    busy: dict[str, int] = field(default_factory=dict)  # in a row, by target
    unknown: list[str] = field(default_factory=list)
    already: int = 0
    blocked: dict[str, int] = field(default_factory=dict)  # by reason
    expired: int = 0


def read_targets(path: Path) -> list[Target]:
    """Return the targets of a settings file (TOML). Raises CdmError for what it can't mean."""
    if not path.exists():
        raise CdmError(
            f"There is no {path}. Write where messages go, as docs/sla.md shows, or name the file "
            "with --config."
        )
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("targets", {})
    except tomllib.TOMLDecodeError as error:
        raise CdmError(f"{path} is not valid TOML: {error}") from None
    targets = []
    for name, table in sorted(tables.items()):
        unknown = set(table) - {"kind", "url", "outboxes", "channels"}
        if unknown:
            raise CdmError(f"{path}: target {name} has unknown settings: {sorted(unknown)}.")
        if table.get("kind") not in KINDS:
            raise CdmError(f"{path}: target {name} needs a kind out of {', '.join(KINDS)}.")
        wrong = set(table.get("outboxes", [])) - set(OUTBOXES)
        if wrong or not table.get("outboxes") or not table.get("url"):
            raise CdmError(
                f"{path}: target {name} needs a url, and outboxes out of {', '.join(OUTBOXES)}."
            )
        targets.append(
            Target(
                name,
                table["kind"],
                table["url"],
                tuple(table["outboxes"]),
                tuple(table.get("channels", [])),
            )
        )
    if not targets:
        raise CdmError(f"{path} has no [targets.<name>].")
    return targets


def read_outboxes(state: Path) -> list[Message]:
    """Return all messages of the state file, oldest first; the order is that of their keys within
    one moment. Raises CdmError when there is nothing to read."""
    if not state.exists():
        raise CdmError("Nothing has been built yet. Run `cdm build`.")
    found = []
    with duckdb.connect(str(state), read_only=True) as connection:
        for outbox, table in OUTBOXES.items():
            try:
                answer = connection.execute(
                    f"select * from {table} order by created_at, idempotency_key"
                )
            except duckdb.CatalogException:
                raise CdmError(f"The state file has no {table}. Run `cdm build`.") from None
            names = [column[0] for column in answer.description or []]
            found += [
                Message(outbox, dict(zip(names, row, strict=True))) for row in answer.fetchall()
            ]
    return found


class Ledger:
    """What was sent to whom. What is written is on the disk when the call returns."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def prepare(self) -> None:
        """Take the file for this process alone, until the connection is closed."""
        for statement in (
            "pragma synchronous = full",
            "pragma locking_mode = exclusive",
            "begin exclusive",
            SCHEMA,
            "commit",
        ):
            self.connection.execute(statement)

    def entry(self, target: Target, message: Message) -> tuple[str, int] | None:
        """Return status and runs of a message, or None when it was never tried."""
        return self.connection.execute(
            "select status, runs from delivery where target = ? and idempotency_key = ?",
            (target.name, message.key),
        ).fetchone()

    def begin(self, target: Target, message: Message) -> None:
        """Write down that a message is about to leave."""
        now = moment()
        self.connection.execute(
            "insert into delivery values (?, ?, ?, 'sending', 1, ?, ?, '') "
            "on conflict (target, idempotency_key) do update set "
            "status = 'sending', runs = runs + 1, last_at = excluded.last_at",
            (target.name, message.key, message.outbox, now, now),
        )

    def end(self, target: Target, message: Message, status: str, answer: str) -> None:
        """Write down how it ended."""
        self.connection.execute(
            "update delivery set status = ?, answer = ?, last_at = ? "
            "where target = ? and idempotency_key = ?",
            (status, answer[:500], moment(), target.name, message.key),
        )


@contextmanager
def open_ledger(warehouse: Warehouse) -> Iterator[Ledger]:
    """Open the ledger for this process alone. Raises CdmError while another dispatch runs."""
    path = warehouse.root / "dispatch" / "ledger.sqlite"
    path.parent.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(sqlite3.connect(path, isolation_level=None, timeout=0))
    try:
        try:
            ledger.prepare()
        except sqlite3.DatabaseError as error:
            raise CdmError(
                f"{path} can't be used ({error}). While another `cdm dispatch` is at work, wait "
                "until it ends."
            ) from None
        yield ledger
    finally:
        ledger.connection.close()


def moment() -> str:
    """Return the present moment, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def send(target: Target, message: Message) -> str:
    """Deliver one message and return the receiver's answer. Raises Refused, or Unanswered."""
    if target.kind == "apprise":
        return send_by_apprise(target, message)
    body: dict[str, Any] = message.payload()
    if target.kind == "slack":
        body = {"text": message.text()}
    request = urllib.request.Request(
        target.address(),
        data=json.dumps(body, ensure_ascii=False, default=str).encode(),
        headers={"Content-Type": "application/json", "Idempotency-Key": message.key},
        method="POST",
    )
    try:
        with OPENER.open(request, timeout=TIMEOUT) as answer:
            return f"{answer.status}"
    except urllib.error.HTTPError as error:
        # 409: this key was taken before. 429 and 5xx may pass, other refusals do not.
        if error.code == 409:
            return "409"
        if error.code in SILENT:
            raise Unanswered(f"HTTP {error.code}") from None
        lasting = error.code < 500 and error.code not in (408, 425, 429)
        raise Refused(f"HTTP {error.code}", lasting, wait_of(error)) from None
    except urllib.error.URLError as error:  # before the whole message was out
        raise Refused(f"not reached: {error.reason}") from None
    except (OSError, http.client.HTTPException) as error:
        raise Unanswered(f"no answer: {error}") from None


def wait_of(error: urllib.error.HTTPError) -> float | None:
    """Return how long the receiver asks to wait, in seconds, or None."""
    said = error.headers.get("Retry-After", "") if error.headers else ""
    return min(float(said), PAUSE_LIMIT) if said.isdigit() else None


def send_by_apprise(target: Target, message: Message) -> str:
    """Deliver one message as mail or by any other service that Apprise knows."""
    try:
        import apprise
    except ImportError:
        raise CdmError(
            f"Target {target.name} is of the kind apprise, which is not installed: "
            "install this package with its extra `dispatch`."
        ) from None
    channel = apprise.Apprise()
    if not channel.add(target.address()):
        raise CdmError(f"Apprise does not know the kind of address of target {target.name}.")
    title = str(message.row.get("title") or message.row.get("field"))
    if not channel.notify(title=title, body=message.text()):
        raise Refused("Apprise could not deliver it")
    return "delivered"


def deliver(
    target: Target, message: Message, ledger: Ledger, sleep: Callable[[float], None]
) -> str:
    """Send one message with retries, and write down what became of it; returns the status, which
    stays `sending` where nobody knows, and is `busy` where only the moment was wrong."""
    ledger.begin(target, message)
    for pause in (*PAUSES, None):
        try:
            ledger.end(target, message, "delivered", send(target, message))
            return "delivered"
        except Refused as refusal:
            if refusal.lasting:
                runs = (ledger.entry(target, message) or ("", 0))[1]
                status = "given_up" if runs >= MOST_RUNS else "refused"
                ledger.end(target, message, status, str(refusal))
                return status
            if pause is None:
                ledger.end(target, message, "refused", str(refusal))
                return "busy"
            sleep(refusal.wait or pause)
        except Unanswered as silence:
            ledger.end(target, message, "sending", str(silence))
            return "sending"
        except CdmError:
            ledger.end(target, message, "refused", "the settings are incomplete")
            raise
    raise AssertionError("unreachable")


def dispatch(
    warehouse: Warehouse,
    targets: list[Target],
    sending: bool,
    retry_unknown: bool = False,
    now: datetime | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Report:
    """Go through the outboxes; send what is new when `sending`, else only say what would be sent.

    `now` (UTC, naive) decides what has expired; default is the present moment.
    """
    report = Report()
    present = now or datetime.now(UTC).replace(tzinfo=None)
    messages = read_outboxes(warehouse.state)
    for target in targets:
        target.address()  # a missing variable shows before anything is sent
    with open_ledger(warehouse) as ledger:
        for message in messages:
            reason = message.row.get("blocked_because")
            if reason:
                report.blocked[reason] = report.blocked.get(reason, 0) + 1
                continue
            if message.row["expires_at"] <= present:
                report.expired += 1
                continue
            for target in targets:
                if target.takes(message):
                    one(target, message, ledger, report, sending, retry_unknown, sleep)
    return report


def one(
    target: Target,
    message: Message,
    ledger: Ledger,
    report: Report,
    sending: bool,
    retry_unknown: bool,
    sleep: Callable[[float], None],
) -> None:
    """Deal with one message for one target, and enter it in the report."""
    status = (ledger.entry(target, message) or ("new", 0))[0]
    label = f"{target.name}: {message.key}"
    if status in ("delivered", "given_up"):
        report.already += 1
    elif status == "sending" and not retry_unknown:
        report.unknown.append(label)
    elif not sending:
        report.waiting.append(f"{label}  {message.text()}")
    elif report.busy.get(target.name, 0) >= PATIENCE:
        report.left.append(label)
    else:
        ends = {"delivered": report.sent, "sending": report.unknown}
        status = deliver(target, message, ledger, sleep)
        ends.get(status, report.refused).append(label)
        report.busy[target.name] = report.busy.get(target.name, 0) + 1 if status == "busy" else 0


def present_moment() -> datetime:
    """Return what counts as now: CDM_AS_OF, as in builds, else the clock; UTC, naive."""
    stated = os.environ.get("CDM_AS_OF", "")
    try:
        now = datetime.fromisoformat(stated) if stated else datetime.now(UTC)
    except ValueError:
        raise CdmError(f"CDM_AS_OF is a moment like 2026-07-01T00:00:00, not {stated}.") from None
    return now.astimezone(UTC).replace(tzinfo=None) if now.tzinfo else now


def run_dispatch(
    project: Project,
    console: Console,
    config: str | None,
    sending: bool,
    retry_unknown: bool,
    limit: int,
) -> int:
    """Run the command and print what it did. Returns the exit code: 1 when a message was refused
    or left, 2 when it is unknown whether one arrived."""
    path = Path(config) if config else project.root / "dispatch.toml"
    report = dispatch(
        project.warehouse, read_targets(path), sending, retry_unknown, present_moment()
    )
    for title, labels in (
        ("Sent", report.sent),
        ("Would be sent (say --send)", report.waiting),
        ("Refused, tried again in the next run", report.refused),
        ("Left for the next run, the receiver has no time", report.left),
        ("May have arrived, nobody knows (--retry-unknown)", report.unknown),
    ):
        if labels:
            console.print(f"{title}: {len(labels)}", highlight=False)
            for label in labels[:limit]:
                console.print(f"  {label}", highlight=False, markup=False)
    for reason, count in sorted(report.blocked.items()):
        console.print(f"Held back, {reason}: {plural(count, 'message')}", highlight=False)
    console.print(f"Sent before: {report.already:,}. Expired: {report.expired:,}.", highlight=False)
    return 1 if report.refused or report.left else 2 if report.unknown else 0
