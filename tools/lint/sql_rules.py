"""The portable subset and the shape of SQL files, read from their source text.

The text is judged and not the compiled SQL: in it a platform macro is still a call, which is what
makes its engine-specific result exempt, and every branch of the Jinja is present.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import jinja2
import yaml

from tools.lint import Problem

VALUE = "jinja_value"
_PORTABLE = yaml.safe_load(Path(__file__).with_name("portable.yml").read_text(encoding="utf-8"))
FUNCTIONS = frozenset(_PORTABLE["functions"])
WORDS = frozenset(_PORTABLE["words"])
INSTEAD = {
    "concat": "engines differ on a null: use || or joined_text",
    "concat_ws": "use joined_text",
    "greatest": "engines differ on a null: use greatest_of",
    "least": "engines differ on a null: use least_of",
    "md5": "use dbt.hash or content_hash",
}
FORBIDDEN_WORDS = {
    "qualify": "use row_number() in a CTE",
    "asof": "use a range join over validity",
    "pivot": "list the columns",
    "unpivot": "list the rows with union all",
    "exclude": "list the columns",
    "recursive": "unroll the steps",
    "ilike": "use lower() on both sides",
    "lambda": "only inside macros/platform",
}
FORBIDDEN_TEXTS = {
    r"\bdistinct\s+on\s*\(": "distinct on: use row_number() in a CTE",
    r"\bgroup\s+by\s+all\b": "group by all: name the columns",
    r"\border\s+by\s+all\b": "order by all: name the columns",
    r"\*\s*replace\s*\(": "* replace: list the columns",
    r"::": ":: cast: write cast(x as type)",
    r"//": "//: write floor(1.0 * a / b)",
    r"->": "-> (JSON or lambda): use json_text",
    r"\[": "[ (list or index): only inside macros/platform",
    r"\bignore\s+nulls\b": "ignore nulls: use last_value_ignore_nulls",
    r"\bat\s+time\s+zone\b": "at time zone: use local_to_utc or utc_to_local",
    r"\browid\b": "rowid: use row_location()",
}
FORBIDDEN_JINJA = {
    r"\btarget\s*\.\s*(?:type|name)\b": "target.type: dispatch in macros/platform",
    r"\badapter\s*\.\s*dispatch\b": "adapter.dispatch only in macros/platform",
    r"\bdbt\s*\.\s*safe_cast\b": "dbt.safe_cast is a plain cast on DuckDB: use try_cast",
    r"\bdbt\s*\.\s*listagg\b": "dbt.listagg loses its order on Spark: use ordered_list",
    r"""\bdbt\s*\.\s*datediff\((?:[^()]|\([^()]*\))*['"](?:hour|minute|second|week)['"]""": (
        "dbt.datediff of hours, minutes or weeks rounds differently: use seconds_between"
    ),
}
FORBIDDEN_IN_MODELS = {
    r"\brun_query\b": "a model runs no query while compiling",
    r"\badapter\s*\.": "a model does not ask the adapter",
    r"\bgraph\s*\.": "a model does not read the graph",
    r"\bcall\s+statement\b": "a model runs no query while compiling",
}


def split(text: str) -> tuple[str, str, list[str]]:
    """Take a file apart: its SQL with `jinja_value` for each {{ }}, its Jinja, its Jinja strings.

    Line breaks are kept in the SQL. Comments of both languages are left out.
    """
    sql, code, strings = [], [], []
    for _, kind, value in jinja2.Environment().lex(text):
        if kind in {"data", "raw_begin", "raw_end"}:
            sql.append(value if kind == "data" else "")
            continue
        if kind == "variable_begin":
            sql.append(VALUE)
        sql.append("\n" * value.count("\n"))
        if kind.startswith("comment"):
            continue
        code.append(value)
        if kind == "string":
            strings.append(value[1:-1])
    return "".join(sql), "".join(code), strings


def without_literals(sql: str) -> str:
    """SQL with every text literal emptied and every comment taken out."""
    return re.sub(r"('(?:[^']|'')*')|--[^\n]*", lambda match: "''" if match.group(1) else "", sql)


@cache
def engine_functions() -> frozenset[str]:
    """The names of DuckDB's functions, to tell a function in a Jinja string from other words."""
    import duckdb

    with duckdb.connect() as connection:
        rows = connection.execute("select distinct function_name from duckdb_functions()")
        return frozenset(name for (name,) in rows.fetchall() if name.isidentifier())


def check_portable(path: str, source: str, model: bool = True) -> list[Problem]:
    """A model or a macro outside macros/platform stays in the portable subset."""
    sql, code, strings = split(source)
    bare = without_literals(sql)
    said = [
        f"{word}: {FORBIDDEN_WORDS[word]}"
        for word in re.findall(r"\b[a-z]+\b", bare.lower())
        if word in FORBIDDEN_WORDS
    ]
    said += [
        f"function {word}: {INSTEAD.get(word, 'differs between engines, use a platform macro')}"
        for word in re.findall(r"\b([a-z_][a-z_0-9]*)\s*\(", bare.lower())
        if word not in FUNCTIONS | WORDS and VALUE not in word
    ]
    said += [text for pattern, text in FORBIDDEN_TEXTS.items() if re.search(pattern, bare, re.I)]
    if re.search(r"(?<!nullif\()\{\{-?\s*dbt\.split_part\b", source):
        said.append("dbt.split_part of a missing part is null or '': write nullif({{ … }}, '')")
    jinja = FORBIDDEN_JINJA | (FORBIDDEN_IN_MODELS if model else {})
    said += [message for pattern, message in jinja.items() if re.search(pattern, code)]
    for string in strings:
        for word in re.findall(r"\b([a-z_0-9]+)\((?!e?s\))", without_literals(string)):
            if word in engine_functions() and word not in FUNCTIONS:
                said.append(f"function {word} in a Jinja string: use a platform macro")
    return [Problem(path, "portable", message) for message in dict.fromkeys(said)]


def check_backslashes(path: str, text: str) -> list[Problem]:
    r"""Jinja reads '\1' as a control character and '\b' as backspace: write '\\1', or [.] for \."""
    return [
        Problem(path, "backslash", f"write the backslash twice in {string!r}")
        for string in split(text)[2]
        if re.search(r"""(?<!\\)(?:\\\\)*\\(?![\\'"nu])""", string)
    ]


def check_model_file(path: str, text: str, refs: int) -> list[Problem]:
    """Line 1 states the grain; length, CTEs and refs stay within what one reader can hold."""
    lines = text.splitlines()
    said = []
    if not lines or not re.match(r"-- Grain: \S", lines[0]):
        said.append("line 1 is not `-- Grain: …`")
    staging = path.startswith("models/staging/")
    limit = 60 if staging else 120
    if len(lines) > limit:
        hard = "" if staging or len(lines) <= 150 else ", and 150 is the hard limit"
        said.append(f"more than {limit} lines{hard}")
    ctes = len(re.findall(r"^(?:with )?[a-z_0-9]+ as \(", split(text)[0], re.M))
    if ctes > 8:
        said.append("more than 8 CTEs")
    if refs > 7:
        said.append("more than 7 refs")
    if len(re.findall(r"\{%-?\s*set\b", text)) > 1:
        said.append("more than one set")
    return [Problem(path, "model-file", message) for message in said]


def check_branching(models: dict[str, str]) -> list[Problem]:
    """Fewer than one model in ten branches or loops in Jinja."""
    branching = sorted(
        path for path, text in models.items() if re.search(r"\{%-?\s*(?:if|for)\b", text)
    )
    if len(branching) * 10 < len(models) or not branching:
        return []
    return [
        Problem(
            "models",
            "branching",
            f"{len(branching)} of {len(models)} models branch or loop: {', '.join(branching)}",
        )
    ]


def check_macro_file(path: str, text: str, described: set[str]) -> list[Problem]:
    """One macro a file, named like it, short, described; dispatch only in macros/platform."""
    name = path.rsplit("/", 1)[-1].removesuffix(".sql")
    said = []
    platform = path.startswith("macros/platform/")
    found = re.findall(r"\{%-?\s*(?:macro|materialization|test)\s+(\w+)", text)
    engine = re.compile(rf"(?:default|duckdb|postgres|spark|snowflake|bigquery)__{name}")
    for other in found:
        if other != name and not (platform and engine.fullmatch(other)):
            said.append(f"holds the macro {other}")
    if name not in found:
        said.append(f"holds no macro {name}")
    if len(text.splitlines()) > 60:
        said.append("more than 60 lines")
    if name not in described and "{% materialization" not in text:
        said.append("is described in no _macros.yml")
    return [Problem(path, "macro-file", message) for message in said]
