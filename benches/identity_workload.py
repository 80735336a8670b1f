"""The invented people that benches/identity.py resolves, made by DuckDB from hashes alone.

Records a person: P(at least k) = 1 / k, at most 200, some 5.9 on average. A record has one to four
identifiers besides its own id: of one to four addresses of its person one or two, a login in three
of ten, one of two telephone numbers in half of them. Twenty mailboxes stand in 0.4 % of the records
together, and one number in two hundred is somebody else's, so that limits and guards have work.
Seven records in ten have a first name, of two thousand, and a tenth of these an initial instead.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from identity_engine import Engine

TYPES = """
    ('crm_id', 0, 10, true, null, null, true, false),
    ('user_id', 0, 20, true, 50, 1, true, false),
    ('email', 1, 30, true, 100, null, true, true),
    ('phone', 2, 40, true, 100, null, false, false)
"""


def uniform(salt: str, *columns: str) -> str:
    """SQL: a number from 0 up to 1 that depends on the columns and the salt alone."""
    return f"(hash('{salt}', {', '.join(columns)}) % 1000003 / 1000003.0)"


def make_claims(connection: duckdb.DuckDBPyConnection, records: int, share: float = 1.0) -> None:
    """Create `people_records` (record_key, p) and `claims` (record_key, id_type, id_value).

    With a share below 1 the records that arrive last are left out, whoever's they are.
    """
    connection.execute("set threads = 2")
    connection.execute(
        f"""
        create or replace table people as
        select p, size from (
            select p, size, sum(size) over (order by p) as total from (
                select p,
                    least(200, cast(floor(1 / ({uniform("size", "p")} + 1e-6)) as int)) as size
                from range({records}) as numbers(p)
            )
        ) where total <= {records};
        create or replace table people_records as
        select p, size, n,
            (case when n = 0 then 'crm' else ['news', 'shop', 'desk'][1 + n % 3] end)
            || ':' || lpad(cast(hash('key', p, n) % 1000000000000 as varchar), 12, '0')
            || 'x' || n as record_key
        from (select p, size, unnest(range(size)) as n from people)
        where {uniform("arrival", "p", "n")} < {share};
        create or replace table claims as
        select record_key, 'crm_id' as id_type, record_key as id_value from people_records
        union all
        select record_key, 'user_id', md5('u' || p) from people_records
        where {uniform("login", "p", "n")} < 0.3
        union all
        select distinct record_key, 'email', case
            when {uniform("mailbox", "p", "n")} < 0.004 then md5('box' || hash(p, n) % 20)
            else md5('e' || p || '.' || cast(floor(
                least(4, 1 + size // 5) * {uniform("address", "p", "n", "k")}) as int))
            end
        from (select *, unnest(range(2)) as k from people_records)
        where k = 0 or {uniform("second", "p", "n")} < 0.4
        union all
        select record_key, 'phone', md5('t' || case
            when {uniform("foreign", "p", "n")} < 0.005
                then hash(p, n) % (select max(p) from people)
            else p end || '.' || cast(floor(2 * {uniform("number", "p", "n")}) as int))
        from people_records where {uniform("phone", "p", "n")} < 0.5
        """
    )


def write_edges(database: Path, records: int) -> None:
    """Write `edges` and `nodes`: a star per identifier that a hundred records or fewer share."""
    with duckdb.connect(str(database)) as connection:
        make_claims(connection, records)
        connection.execute(
            """
            create table edges as
            select distinct first_record_key as node_a, record_key as node_b
            from claims join (
                select id_type, id_value, min(record_key) as first_record_key from claims
                group by all having count(*) between 2 and 100
            ) using (id_type, id_value)
            where record_key <> first_record_key;
            create table nodes as select node_a as node from edges union select node_b from edges;
            drop table claims; drop table people_records; drop table people
            """
        )


def fill_engine(engine: Engine, records: int, share: float) -> None:
    """Write the inputs of the identity engine; a share of 0 leaves them empty."""
    for name in ("int_person__checked", "int_identifier__hashed"):
        engine.fill(name, [])
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select *, date '2020-01-01' as valid_from, cast(null as date) as valid_to"
            f" from (values {TYPES}) as t(id_type, tier, priority, may_merge, max_anchors,"
            f" exclusive_limit, joins_same_system, names_must_agree))"
            f" to '{engine.folder}/inputs/policy_identifier_type.parquet'"
        )
        connection.execute(
            "copy (select 'crm' as source_system, date '2020-01-01' as valid_from,"
            " cast(null as date) as valid_to)"
            f" to '{engine.folder}/inputs/policy_exclusive_system.parquet'"
        )
        if not share:
            return
        make_claims(connection, records, share)
        connection.execute(
            "copy (select record_key, id_type, id_value, cast(null as varchar) as problem"
            f" from claims) to '{engine.folder}/inputs/int_identifier__hashed.parquet'"
        )
        connection.execute(
            "copy (select record_key, split_part(record_key, ':', 1) as source_system,"
            " split_part(record_key, ':', 2) as source_record_id,"
            f" case when {uniform('named', 'p', 'n')} < 0.7 then substr(md5('name' || p % 2000), 1,"
            f" case when {uniform('initial', 'p', 'n')} < 0.1 then 1 else 6 end) end as first_name,"
            " substr(md5('family' || p), 1, 8) as last_name,"
            " timestamp '2020-01-01' + to_days(cast(hash(p, n) % 2000 as int)) as created_at,"
            " cast(null as timestamp) as record_updated_at, false as is_deleted,"
            " true as is_current from people_records)"
            f" to '{engine.folder}/inputs/int_person__checked.parquet'"
        )
