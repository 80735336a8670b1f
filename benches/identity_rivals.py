"""Other ways to connected components, from the table `edges` of a DuckDB file to `labels` there.

Run by benches/identity.py in the environment of requirements-bench.txt:

    python benches/identity_rivals.py {splink,scipy,using_key} DATABASE

`edges` is (node_a text, node_b text), `labels` is (node text, component text), where component is
the smallest node: the same table from every method. Splink and USING KEY also get `nodes` (node
text), which they want. Prints JSON: the processor seconds from table to table, imports left out,
and a digest of the partition.
"""

from __future__ import annotations

import json
import resource
import sys

import duckdb

DIGEST = (
    "select count(*), count(distinct component), bit_xor(hash(node, component)) from labels"
)


def scipy(connection: duckdb.DuckDBPyConnection) -> None:
    """Number the nodes, hand arrays to scipy, write its labels back under the smallest node."""
    import numpy
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    connection.execute(
        "create table numbered as select node, row_number() over () - 1 as number from"
        " (select node_a as node from edges union select node_b as node from edges)"
    )
    edges = connection.execute(
        "select l.number as a, r.number as b from edges"
        " join numbered as l on l.node = edges.node_a join numbered as r on r.node = edges.node_b"
    ).fetchnumpy()
    (count,) = connection.execute("select count(*) from numbered").fetchone()
    ones = numpy.ones(len(edges["a"]), dtype=numpy.int8)
    graph = coo_matrix((ones, (edges["a"], edges["b"])), shape=(count, count))
    _, labels = connected_components(graph, directed=False)
    found = {"number": numpy.arange(count), "label": labels}
    connection.register("found", __import__("pandas").DataFrame(found))
    connection.execute(
        "create table labels as select node, min(node) over (partition by label) as component"
        " from numbered join found using (number)"
    )


def splink(connection: duckdb.DuckDBPyConnection) -> None:
    """Splink's own clustering, with all edges above the threshold."""
    from splink import DuckDBAPI
    from splink.clustering import cluster_pairwise_predictions_at_threshold

    api = DuckDBAPI(connection=connection)
    result = cluster_pairwise_predictions_at_threshold(
        nodes=api.register("nodes") if hasattr(api, "register") else "nodes",
        edges=api.register("edges") if hasattr(api, "register") else "edges",
        db_api=api,
        node_id_column_name="node",
        edge_id_column_name_left="node_a",
        edge_id_column_name_right="node_b",
    )
    connection.execute(
        f"create table labels as select node, cluster_id as component from {result.physical_name}"
    )


def using_key(connection: duckdb.DuckDBPyConnection) -> None:
    """DuckDB's recursion with a key: every node takes the smallest label next to it."""
    connection.execute(
        """
        create table both_ways as
        select node_a as a, node_b as b from edges union all select node_b, node_a from edges;
        create table labels as
        with recursive found(node, label) using key (node) as (
            select node, node as label from nodes
            union
            select left_side.node, min(right_side.label)
            from recurring.found as left_side
            join both_ways on both_ways.a = left_side.node
            join found as right_side on right_side.node = both_ways.b
            where right_side.label < left_side.label
            group by left_side.node
        )
        select node, label as component from found
        """
    )


def processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    method, database = sys.argv[1:]
    import pandas  # noqa: F401, imports are not what is measured

    if method == "scipy":
        import scipy.sparse.csgraph  # noqa: F401
    if method == "splink":
        import splink.clustering  # noqa: F401
    with duckdb.connect(database) as connection:
        connection.execute("set threads = 2; drop table if exists labels")
        before = processor_seconds()
        globals()[method](connection)
        spent = processor_seconds() - before
        digest = [str(part) for part in connection.execute(DIGEST).fetchone()]
    print(json.dumps({"cpu": spent, "digest": digest}))


if __name__ == "__main__":
    main()
