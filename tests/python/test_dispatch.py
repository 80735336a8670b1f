"""`cdm dispatch`: each message arrives once, whatever is rebuilt, merged or stopped in between.

Outboxes are small tables in a state file of the test's own; so is the server.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import REPO, Run, cdm, environment

from cdm.dispatch import OUTBOXES, Target, dispatch, open_ledger, present_moment, read_targets
from cdm.files import CdmError, Warehouse

NOW = datetime(2026, 7, 1)
ALL = tuple(OUTBOXES)


class Receiver(ThreadingHTTPServer):
    """A web server that keeps what it is sent, and answers as it is told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[int] = []
        self.drop = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.got.append((self.headers["Idempotency-Key"] or "", body))
        if self.server.drop:
            self.connection.close()
            return
        status = self.server.answers.pop(0) if self.server.answers else 200
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", self.server.url)
        if status == 429:
            self.send_header("Retry-After", "7")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a receiver for a while."""
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as server:
        yield server


def task(key: str, blocked: str | None = None, days: int = 30) -> tuple[Any, ...]:
    return (
        f"task:{key}",
        "Contact the new lead",
        NOW,
        NOW - timedelta(1),
        NOW + timedelta(days),
        blocked,
    )


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    one = Warehouse(tmp_path / "warehouse")
    fill(one, [task("a"), task("b")])
    return one


def fill(warehouse: Warehouse, tasks: list[tuple[Any, ...]]) -> None:
    """Write a state file with these tasks, a message on two channels and one CRM value."""
    warehouse.state.parent.mkdir(parents=True, exist_ok=True)
    warehouse.state.unlink(missing_ok=True)
    with duckdb.connect(str(warehouse.state)) as connection:
        connection.execute("create schema marts")
        columns = "idempotency_key text, title text, due_at timestamp, created_at timestamp, "
        columns += "expires_at timestamp, blocked_because text"
        connection.execute(f"create table marts.task_outbox({columns})")
        connection.execute(f"create table marts.notification_outbox({columns}, channel text)")
        connection.execute(
            f"create table marts.crm_writeback_outbox({columns}, field text, value text)"
        )
        connection.executemany("insert into marts.task_outbox values (?, ?, ?, ?, ?, ?)", tasks)
        for channel in ("new-mqls", "sponsors"):
            connection.execute(
                "insert into marts.notification_outbox values (?, ?, ?, ?, ?, ?, ?)",
                (*task(channel), channel),
            )


def run(warehouse: Warehouse, url: str, sending: bool = True, **options: Any) -> Any:
    kind = options.pop("kind", "webhook")
    outboxes, channels = options.pop("outboxes", ("task",)), options.pop("channels", ())
    target = Target("desk", kind, url, outboxes, channels)
    return dispatch(warehouse, [target], sending, now=NOW, sleep=lambda _: None, **options)


def keys(receiver: Receiver) -> list[str]:
    return [key for key, _ in receiver.got]


def test_nothing_is_sent_unless_asked(warehouse: Warehouse, receiver: Receiver) -> None:
    report = run(warehouse, receiver.url, sending=False)
    assert len(report.waiting) == 2 and receiver.got == []
    assert len(run(warehouse, receiver.url).sent) == 2  # and a dry run has marked nothing


def test_each_message_arrives_once(warehouse: Warehouse, receiver: Receiver) -> None:
    assert len(run(warehouse, receiver.url).sent) == 2
    assert keys(receiver) == ["task:a", "task:b"]
    assert receiver.got[0][1]["due_at"] == "2026-07-01T00:00:00Z"
    # Built anew, in another order, with one task more.
    fill(warehouse, [task("c"), task("b"), task("a")])
    assert len(run(warehouse, receiver.url).sent) == 1
    assert keys(receiver) == ["task:a", "task:b", "task:c"]


def test_an_older_state_file_sends_nothing_again(warehouse: Warehouse, receiver: Receiver) -> None:
    """A rollback takes the outboxes back and not the ledger, which lies outside of the state."""
    before = warehouse.state.read_bytes()
    fill(warehouse, [task("a"), task("b"), task("c")])
    run(warehouse, receiver.url)
    warehouse.state.write_bytes(before)
    assert run(warehouse, receiver.url).sent == []
    assert len(receiver.got) == 3


def test_consent_and_age_hold_messages_back(warehouse: Warehouse, receiver: Receiver) -> None:
    fill(warehouse, [task("a", blocked="consent denied"), task("b", days=0), task("c")])
    report = run(warehouse, receiver.url)
    assert (report.blocked, report.expired) == ({"consent denied": 1}, 1)
    assert keys(receiver) == ["task:c"]


def test_a_passing_failure_is_tried_again(warehouse: Warehouse, receiver: Receiver) -> None:
    receiver.answers = [503, 429, 200]
    waits: list[float] = []
    target = Target("desk", "webhook", receiver.url, ("task",))
    report = dispatch(warehouse, [target], True, now=NOW, sleep=waits.append)
    assert len(report.sent) == 2 and waits == [1.0, 7.0]
    assert keys(receiver) == ["task:a", "task:a", "task:a", "task:b"]


def test_a_refusal_stops_nobody_else_and_waits_for_the_next_run(
    warehouse: Warehouse, receiver: Receiver
) -> None:
    receiver.answers = [400]
    report = run(warehouse, receiver.url)
    assert (report.refused, report.sent) == (["desk: task:a"], ["desk: task:b"])
    assert run(warehouse, receiver.url).sent == ["desk: task:a"]


def test_what_is_refused_for_ever_is_given_up(warehouse: Warehouse, receiver: Receiver) -> None:
    fill(warehouse, [task("a")])
    receiver.answers = [400] * 20
    for _ in range(12):
        run(warehouse, receiver.url)
    assert len(receiver.got) == 8


def test_taken_before_is_taken(warehouse: Warehouse, receiver: Receiver) -> None:
    receiver.answers = [409]
    assert len(run(warehouse, receiver.url).sent) == 2


def test_a_stopped_run_leaves_a_question_and_no_second_message(
    warehouse: Warehouse, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The process ends between sending and writing down that it was sent."""

    def killed(*_: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("cdm.dispatch.Ledger.end", killed)
        with pytest.raises(Killed):
            run(warehouse, receiver.url)
    assert keys(receiver) == ["task:a"]
    report = run(warehouse, receiver.url)
    assert (report.unknown, report.sent) == (["desk: task:a"], ["desk: task:b"])
    assert keys(receiver) == ["task:a", "task:b"]
    assert run(warehouse, receiver.url, retry_unknown=True).sent == ["desk: task:a"]


def test_no_receiver_is_no_delivery(warehouse: Warehouse, receiver: Receiver) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{unused.getsockname()[1]}/hook"
    assert len(run(warehouse, closed).refused) == 2
    assert len(run(warehouse, receiver.url).sent) == 2


def test_who_is_away_is_left_alone_and_loses_nothing(
    warehouse: Warehouse, receiver: Receiver
) -> None:
    """Three tries in a row are enough for a run, and no number of runs makes a message go lost."""
    fill(warehouse, [task(key) for key in "abcde"])
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{unused.getsockname()[1]}/hook"
    for _ in range(10):
        report = run(warehouse, closed)
        assert (len(report.refused), len(report.left)) == (3, 2)
    receiver.answers = [503, 503, 503, 200]
    report = run(warehouse, receiver.url)
    assert (len(report.refused), len(report.left), len(report.sent)) == (1, 0, 4)


def test_who_takes_a_message_and_never_answers_gets_it_once(
    warehouse: Warehouse, receiver: Receiver
) -> None:
    """The receiver may have it, so it is not sent again by itself; the others are."""
    receiver.drop = True
    assert run(warehouse, receiver.url).unknown == ["desk: task:a", "desk: task:b"]
    receiver.drop = False
    report = run(warehouse, receiver.url)
    assert (len(report.unknown), report.sent) == (2, [])
    assert keys(receiver) == ["task:a", "task:b"]
    assert len(run(warehouse, receiver.url, retry_unknown=True).sent) == 2


def test_a_gateway_without_an_answer_knows_nothing(
    warehouse: Warehouse, receiver: Receiver
) -> None:
    """What stands between may have handed the message on, so it is not sent again by itself."""
    receiver.answers = [504, 502]
    assert run(warehouse, receiver.url).unknown == ["desk: task:a", "desk: task:b"]
    assert len(run(warehouse, receiver.url).unknown) == 2
    assert keys(receiver) == ["task:a", "task:b"]


def test_a_stated_moment_may_name_its_zone() -> None:
    for stated in ("2026-07-01T00:00:00", "2026-07-01T00:00:00Z", "2026-07-01T02:00:00+02:00"):
        with environment(CDM_AS_OF=stated):
            assert present_moment() == NOW
    with environment(CDM_AS_OF="tomorrow"), pytest.raises(CdmError, match="not tomorrow"):
        present_moment()


def test_an_address_that_has_moved_is_a_refusal(warehouse: Warehouse, receiver: Receiver) -> None:
    """A POST that follows a redirect becomes a GET without the message."""
    receiver.answers = [302, 301]
    assert len(run(warehouse, receiver.url).refused) == 2


def test_a_channel_goes_to_its_target_and_slack_gets_text(
    warehouse: Warehouse, receiver: Receiver
) -> None:
    options = {"outboxes": ALL, "channels": ("sponsors",), "kind": "slack"}
    run(warehouse, receiver.url, **options)
    assert receiver.got == [
        ("task:sponsors", {"text": "Contact the new lead · due 2026-07-01 00:00:00 UTC"})
    ]


def test_two_targets_have_each_their_own_ledger(warehouse: Warehouse, receiver: Receiver) -> None:
    targets = [Target(name, "webhook", receiver.url, ("task",)) for name in ("one", "two")]
    dispatch(warehouse, targets, True, now=NOW)
    dispatch(warehouse, targets, True, now=NOW)
    assert sorted(keys(receiver)) == ["task:a", "task:a", "task:b", "task:b"]


def test_two_runs_at_once_are_refused(warehouse: Warehouse, receiver: Receiver) -> None:
    with open_ledger(warehouse), pytest.raises(CdmError, match="at work"):
        run(warehouse, receiver.url)
    assert receiver.got == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[targets.a]\nkind = 'fax'\nurl = 'x'\noutboxes = ['task']", "needs a kind"),
        ("[targets.a]\nkind = 'slack'\nurl = 'x'\noutboxes = ['post']", "outboxes out of"),
        ("[targets.a]\nkind = 'slack'\nurl = 'x'\noutboxes = ['task']\nchanel = 'x'", "unknown"),
        ("[targets.a", "not valid TOML"),
        ("", "has no"),
    ],
)
def test_settings_that_mean_nothing_are_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "dispatch.toml"
    path.write_text(text)
    with pytest.raises(CdmError, match=said):
        read_targets(path)


def test_a_secret_comes_from_the_environment_and_is_in_no_message(
    warehouse: Warehouse, receiver: Receiver
) -> None:
    with pytest.raises(CdmError, match="environment variable HOOK_TOKEN") as caught:
        run(warehouse, f"{receiver.url}/secret-part/${{HOOK_TOKEN}}")
    assert "secret-part" not in str(caught.value)
    with environment(HOOK_TOKEN="t0ken"):
        assert len(run(warehouse, f"{receiver.url}?${{HOOK_TOKEN}}").sent) == 2


@pytest.mark.parametrize("url", ["desk.example/hook", "ftp://desk.example", "http://desk.ex/a b"])
def test_an_address_that_is_none_is_seen_before_anything_is_sent(
    warehouse: Warehouse, receiver: Receiver, url: str
) -> None:
    """And no message is left in doubt by it. A token's file may end with a line break."""
    with pytest.raises(CdmError, match="begins with http"):
        run(warehouse, url)
    assert len(run(warehouse, receiver.url).sent) == 2
    with environment(HOOK_TOKEN="t0ken\n"):
        fill(warehouse, [task("c")])
        assert run(warehouse, f"{receiver.url}?${{HOOK_TOKEN}}").sent == ["desk: task:c"]


def test_a_ledger_that_is_none_is_named(warehouse: Warehouse, receiver: Receiver) -> None:
    path = warehouse.root / "dispatch" / "ledger.sqlite"
    path.parent.mkdir(parents=True)
    path.write_text("this is no database, and long enough to be told from one" * 20)
    with pytest.raises(CdmError, match="can't be used"):
        run(warehouse, receiver.url)
    assert receiver.got == []


def test_apprise_delivers_too(warehouse: Warehouse, receiver: Receiver) -> None:
    pytest.importorskip("apprise", reason="the extra `dispatch` is not installed")
    url = receiver.url.replace("http://", "json://")
    assert len(run(warehouse, url, kind="apprise").sent) == 2
    assert receiver.got[0][1]["title"] == "Contact the new lead"


def test_the_command_sends_what_the_demo_has_once(
    demo_build: Run, receiver: Receiver, tmp_path: Path
) -> None:
    config = tmp_path / "dispatch.toml"
    config.write_text(
        f"[targets.desk]\nkind = 'webhook'\nurl = '{receiver.url}'\n"
        "outboxes = ['task', 'notification', 'crm_writeback']\n"
    )
    place = Warehouse(tmp_path / "warehouse")
    place.state.parent.mkdir(parents=True)
    place.state.write_bytes(demo_build.warehouse.state.read_bytes())
    settings = {"CDM_AS_OF": "2026-07-01T00:00:00"}
    expected = demo_build.value(
        "select sum(n) from (select count(*) as n from marts.task_outbox "
        "where blocked_because is null and expires_at > timestamp '2026-07-01' "
        "union all select count(*) from marts.notification_outbox "
        "where blocked_because is null and expires_at > timestamp '2026-07-01' "
        "union all select count(*) from marts.crm_writeback_outbox "
        "where blocked_because is null and expires_at > timestamp '2026-07-01')"
    )
    assert expected > 0
    dry = cdm(REPO, place.root, ["dispatch", "--config", str(config)], **settings)
    assert dry.rc == 0 and f"Would be sent (say --send): {expected}" in dry.output
    assert receiver.got == []
    for _ in range(2):
        sent = cdm(REPO, place.root, ["dispatch", "--config", str(config), "--send"], **settings)
        assert sent.rc == 0, sent.output
    assert len(receiver.got) == expected == len(set(keys(receiver)))
    assert "@" not in json.dumps(receiver.got)
