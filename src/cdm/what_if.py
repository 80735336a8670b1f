"""What changed seeds would do to persons and accounts, tried on a copy before they are applied."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cdm.database import open_warehouse
from cdm.files import CdmError, Warehouse, copy
from cdm.project import Project, run_dbt

# What dbt needs of a project's folder besides the seeds.
PARTS = (
    "dbt_project.yml", "packages.yml", "package-lock.yml", "dbt_packages", "models", "macros",
    "tests", "analyses", "fallback", "profiles",
)  # fmt: skip
SUBJECTS = {
    "person": ("int_person__members", "person_id"),
    "account": ("int_account__members", "account_id"),
}


@dataclass
class Group:
    """Persons (or accounts) that the change touches together.

    `before` and `after` map each id to its record keys; no record stands in two of one side.
    """

    kind: str  # merge, split or move
    before: dict[str, list[str]]
    after: dict[str, list[str]]


@dataclass
class Comparison:
    """Two partitions of the same records: how many ids each has, and where they differ."""

    subject: str
    count_before: int
    count_after: int
    groups: list[Group] = field(default_factory=list)

    def of(self, kind: str) -> list[Group]:
        return [group for group in self.groups if group.kind == kind]


def compare(subject: str, before: dict[str, str], after: dict[str, str]) -> Comparison:
    """Compare two partitions, each a map from record key to id. The names of the ids do not count.

    Records that only one side knows are compared as far as the other side goes: a new record that
    joins others changes nothing of theirs.
    """
    left, right = members_of(before), members_of(after)
    found = Comparison(subject, len(left), len(right))
    seen: set[str] = set()
    for start in sorted(left):
        if start in seen:
            continue
        lefts, rights, waiting = {start}, set[str](), [start]
        while waiting:
            for record in left[waiting.pop()]:
                if record in after and after[record] not in rights:
                    rights.add(after[record])
                    fresh = {before[r] for r in right[after[record]] if r in before} - lefts
                    lefts |= fresh
                    waiting += fresh
        seen |= lefts
        if len(lefts) == 1 and len(rights) <= 1:
            continue
        kind = "split" if len(lefts) == 1 else "merge" if len(rights) == 1 else "move"
        found.groups.append(
            Group(kind, {i: left[i] for i in sorted(lefts)}, {i: right[i] for i in sorted(rights)})
        )
    found.groups.sort(key=lambda group: (group.kind, min(min(r) for r in group.before.values())))
    return found


def members_of(partition: dict[str, str]) -> dict[str, list[str]]:
    """Turn a map from record to id around; the records of each id are sorted."""
    members: dict[str, list[str]] = defaultdict(list)
    for record in sorted(partition):
        members[partition[record]].append(record)
    return dict(members)


def seeds_of(project: Project) -> dict[str, Path]:
    """Return the seeds of the project by name."""
    return {path.stem: path for path in sorted((project.root / "seeds").rglob("*.csv"))}


def replacements(project: Project, named: Iterable[str], folder: Path | None) -> dict[str, Path]:
    """Return the files that stand in for seeds: `named` are texts `seed=FILE`, `folder` holds files
    called as seeds are. Files of the folder that say what the project says are left out.

    Raises CdmError for a seed that is none, a file that is not there or has other columns.
    """
    seeds, chosen = seeds_of(project), {}
    for text in named:
        name, _, file = text.partition("=")
        if not file:
            raise CdmError(f"{text}: say which file, as in --seed policy_match_threshold=new.csv.")
        chosen[name.removesuffix(".csv")] = Path(file)
    for path in sorted(folder.glob("*.csv")) if folder else []:
        chosen.setdefault(path.stem, path)
    for name, path in chosen.items():
        if name not in seeds:
            raise CdmError(f"There is no seed {name}. `ls seeds/policy` lists them.")
        if not path.is_file():
            raise CdmError(f"There is no file {path}.")
        wanted, given = header(seeds[name]), header(path)
        if wanted != given:
            raise CdmError(
                f"{path} has the columns {', '.join(given)}; {name} has {', '.join(wanted)}."
            )
    changed = {n: p for n, p in chosen.items() if p.read_bytes() != seeds[n].read_bytes()}
    if not changed:
        raise CdmError("Nothing differs from the project's seeds, so nothing would change.")
    return changed


def header(path: Path) -> list[str]:
    """Return the column names of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file), [])


def write_project(project: Project, folder: Path, changed: dict[str, Path]) -> Project:
    """Make a project that is this one with other seeds: links to everything else."""
    folder.mkdir(parents=True)
    for part in PARTS:
        if (project.root / part).exists():
            (folder / part).symlink_to((project.root / part).resolve())
    shutil.copytree(project.root / "seeds", folder / "seeds")
    for name, path in changed.items():
        target = seeds_of(project)[name].relative_to(project.root)
        shutil.copyfile(path, folder / target)
    return Project(folder)


def select(changed: Iterable[str]) -> list[str]:
    """Return the selection of what lies between the seeds and the members, the seeds included."""
    return [
        part
        for name in sorted(changed)
        for part in (name, *(f"{name}+,+{model}" for model, _ in SUBJECTS.values()))
    ]


@contextmanager
def rebuilt(project: Project, changed: dict[str, Path]) -> Iterator[Path]:
    """Build identity with the changed seeds in a copy of the state file; give the copy's path.

    Everything is deleted at the end. Raises CdmError when there is no state or the build fails.
    """
    warehouse = project.warehouse
    if not warehouse.state.exists():
        raise CdmError("Nothing has been built yet to compare with. Run `cdm build`.")
    (warehouse.root / "tmp").mkdir(exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="what-if-", dir=warehouse.root / "tmp")).resolve()
    keep = {
        name: os.environ.get(name)
        for name in ("CDM_WAREHOUSE", "DBT_TARGET_PATH", "DBT_LOG_PATH", "DBT_PROFILES_DIR")
    }
    here = Path.cwd()
    try:
        copied = Warehouse(scratch / "warehouse")
        copy(warehouse.state, copied.build)
        tried = write_project(project, scratch / "project", changed)
        profiles = str(project.profiles.resolve())
        os.environ.update(
            CDM_WAREHOUSE=str(copied.root), DBT_TARGET_PATH=str(scratch / "target"),
            DBT_LOG_PATH=str(scratch / "logs"), DBT_PROFILES_DIR=profiles,
        )  # fmt: skip
        outcome = run_dbt(
            tried, ["build", "--indirect-selection", "cautious", "--select", *select(changed)]
        )
        if not outcome.success:
            raise CdmError(f"With these seeds the build stops: {why(outcome)}")
        yield copied.build
    finally:
        for name, value in keep.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        os.chdir(here)
        shutil.rmtree(scratch, ignore_errors=True)


def why(outcome: object) -> str:
    """Return what dbt says of the nodes that failed."""
    if getattr(outcome, "exception", None) is not None:
        return str(outcome.exception)
    said = [
        f"{result.node.name}: {result.message}"
        for result in getattr(outcome, "result", None) or []
        if result.status in ("error", "fail") and result.message
    ]
    return "; ".join(said) or "see logs/dbt.log"


def partition_of(database: Path, subject: str) -> dict[str, str]:
    """Return the id of each record key of a built file."""
    model, key = SUBJECTS[subject]
    with open_warehouse(database, read_only=True) as connection:
        return dict(connection.execute(f"select record_key, {key} from resolve.{model}").fetchall())


def what_if(project: Project, changed: dict[str, Path]) -> list[Comparison]:
    """Return how persons and accounts would differ with the changed seeds."""
    before = {subject: partition_of(project.warehouse.state, subject) for subject in SUBJECTS}
    with rebuilt(project, changed) as database:
        return [
            compare(subject, before[subject], partition_of(database, subject))
            for subject in SUBJECTS
        ]


def write_csv(path: Path, comparisons: list[Comparison]) -> int:
    """Write one line per record that a change touches; return how many there are."""
    rows = [
        (found.subject, group.kind, number, record, old, new)
        for found in comparisons
        for number, group in enumerate(found.groups, start=1)
        for old, records in group.before.items()
        for record in records
        for new in [next((i for i, r in group.after.items() if record in r), "")]
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("subject", "change", "group", "record_key", "id_before", "id_after"))
        writer.writerows(rows)
    return len(rows)
