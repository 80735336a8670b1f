"""Pages that open from a file: they have no script, load nothing, and every value is escaped."""

from __future__ import annotations

from typing import Any

import jinja2

HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:76em;padding:0 1em;color:#222}
table{border-collapse:collapse;margin:.5em 0 1.5em;width:100%}
th,td{text-align:left;padding:.2em .6em;border-bottom:1px solid #ddd;vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
td:first-child{white-space:nowrap}td code{overflow-wrap:anywhere}code{font-size:.9em}
.unmapped{background:#fff4e0}.bad{color:#a00}h2{margin-top:2em}
@media print{@page{size:A4 landscape}body{font-size:10px;max-width:none;margin:0}}
</style></head><body>
<h1>{{ title }}</h1>
"""


def render(title: str, body: str, **values: Any) -> str:
    """Return a page whose body is a Jinja template with some values."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.ChainableUndefined)
    return environment.from_string(f"{HEAD}{body}</body></html>\n").render(title=title, **values)
