"""The data dictionary: what each published table and column means, as one page to read.

It is made of the YAML alone, through dbt's manifest, so that it says what the build enforces.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cdm import page
from cdm.contract import Contract, read_contract
from cdm.files import CdmError

PAGE = """
<p>{{ tables|length }} tables, {{ columns }} columns. Contract {{ version }}.</p>
{% for schema, names in schemas.items() %}<p><b>{{ schema }}</b>: {% for name in names %}
<a href="#{{ name }}">{{ name.partition(".")[2] }}</a>{{ "," if not loop.last }}
{% endfor %}</p>{% endfor %}
{% for name, about in tables.items() %}<h2 id="{{ name }}">{{ name }}</h2>
{% if about.deprecation_date %}
<p class="bad">It goes on {{ about.deprecation_date }}.</p>{% endif %}
<p>{{ about.description }}</p>
<p>Key: <code>{{ about.primary_key|default([])|join(", ") }}</code>.
Owner: {{ about.business_owner }}, steward: {{ about.steward }}.
New: {{ about.refresh_cadence }}. Made of: {{ about.source_of_truth }}</p>
<table><tr><th>column<th>type<th>meaning<th>rules<th>personal<th>serves<th>comes from</tr>
{% for column, said in about.columns.items() %}<tr><td><code>{{ column }}</code>
<td>{{ said.type }}<td>{{ said.description }}
<td>{{ "always there" if said.required }}{% for rule in said.rules|default([]) %}
{{ "; " if said.required or not loop.first }}{{ words(rule) }}{% endfor %}
<td>{{ said.pii }}<td>{{ said.workflow }}<td>{{ said.source_of_truth }}</tr>
{% endfor %}</table>{% endfor %}
"""


def words(rule: dict[str, Any]) -> str:
    """Return a declared rule in words."""
    low, high = rule.get("range") or (None, None)
    ends = [f"at least {low}" * (low is not None), f"at most {high}" * (high is not None)]
    said = {
        "required": "always there",
        "format": f"fits {rule.get('format')}",
        "range": " and ".join(end for end in ends if end),
        "allowed_values": "one of " + ", ".join(map(str, rule.get("allowed_values") or [])),
        "unique": "no two records of a system share it",
        "reference": f"names a known {rule.get('reference')}",
    }
    kind = next(name for name in said if name in rule)
    when = f", when {rule['when']}" if rule.get("when") else ""
    severity = f" ({rule['severity']})" if rule.get("severity") else ""
    return f"{said[kind]}{when}{severity}"


def render(contract: Contract, version: str) -> str:
    """Return the page. Raises CdmError where nothing is published."""
    tables = {name: about for name, about in contract.items() if not name.startswith("source.")}
    if not tables:
        raise CdmError("The project publishes no table.")
    schemas: dict[str, list[str]] = {}
    for name in tables:
        schemas.setdefault(name.partition(".")[0], []).append(name)
    return page.render(
        "Data dictionary",
        PAGE,
        tables=tables,
        schemas=schemas,
        columns=sum(len(about["columns"]) for about in tables.values()),
        version=version,
        words=words,
    )


def write_dictionary(manifest: dict[str, Any], output: Path, version: str) -> Path:
    """Write the page into a folder; return its path."""
    output.mkdir(parents=True, exist_ok=True)
    path = output / "dictionary.html"
    path.write_text(render(read_contract(manifest), version), encoding="utf-8")
    return path
