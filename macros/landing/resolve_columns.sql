{# Finds each declared column among the raw columns of one scan, by its name or an alias; one that
   `gathers` is put together, as JSON, of the columns that a loader made of its members; a list that
   `unfolds_to` columns is read as the object of its keys and values.
   Returns {declared: {name: expression}, numbers: {name: expression}, undeclared: [raw columns],
   missing: [declared columns], loaded_at: expression or none}, where `numbers` are the columns that the
   scan has as whole numbers. Nothing is decided here: `landing_scan` stops the build. Most names
   are written as they are compared already, and calling a macro thousands of times takes a while. #}
{% macro resolve_columns(table, scan) -%}
    {%- set by_name = {} -%}
    {%- for column in scan.columns -%}{%- do by_name.update({column.name: column}) -%}{%- endfor -%}
    {%- set declared, numbers, taken, missing = {}, {}, [], [] -%}
    {%- for column in table.columns -%}
        {%- for name in [column.name] + (column.get('aliases') or []) -%}
            {%- if column.name not in declared -%}
                {%- set is_normal = modules.re.fullmatch('[0-9a-z]+(_[0-9a-z]+)*', name) -%}
                {%- set raw = by_name.get(name if is_normal else landing_name(name)) -%}
                {%- if raw and raw.name not in taken -%}
                    {%- do declared.update({column.name: key_values(raw.expression, raw.get('nested'))
                        if column.get('unfolds_to') else raw.expression}) -%}
                    {%- if raw.get('number') and column.data_type in ('bigint', 'timestamp') -%}
                        {%- do numbers.update({column.name: raw.number}) -%}
                    {%- endif -%}
                    {%- do taken.append(raw.name) -%}
                {%- endif -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for column in table.columns if column.name not in declared -%}
        {%- set members = gathered_members(column, scan, taken) if column.get('gathers') else {} -%}
        {%- if members -%}{%- do declared.update({column.name: json_object(members)}) -%}
        {%- else -%}{%- do missing.append(column) -%}{%- endif -%}
    {%- endfor -%}
    {%- set undeclared, loaded = [], [] -%}
    {%- for column in scan.columns | sort(attribute='name') -%}
        {%- set is_loaders = modules.re.match('(fivetran|airbyte|dlt|sdc)_', column.name) -%}
        {%- if column.name in loader_sync_columns() -%}
            {%- do loaded.append(column.expression) -%}
        {%- endif -%}
        {%- if column.name not in taken and not is_loaders -%}
            {%- do undeclared.append(column) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return({
        'declared': declared,
        'numbers': numbers,
        'undeclared': undeclared,
        'missing': missing,
        'loaded_at': loaded | first | default(none),
    }) }}
{%- endmacro %}
