{# Stop the build where decisions about who is who contradict each other, directly or through others,
   and name them. Run after int_identity__overrides. #}
{% macro stop_at_contradictory_overrides() -%}
    {%- if execute -%}
    {%- set rows = run_query(
        'select override_id, action, record_a, record_b from ' ~ this ~ ' order by override_id').rows -%}
    {%- set found = namespace(problems=[]) -%}
    {%- set forced = {} -%}
    {%- for row in rows if row.action == 'force_merge' and row.record_a and row.record_b -%}
        {%- do forced.setdefault(row.record_a, []).append([row.record_b, row.override_id]) -%}
        {%- do forced.setdefault(row.record_b, []).append([row.record_a, row.override_id]) -%}
    {%- endfor -%}
    {%- for row in rows -%}
        {%- if row.action not in ('force_merge', 'never_merge', 'split') -%}
            {%- do found.problems.append(row.override_id ~ " has the action '" ~ row.action
                ~ "'; it can be force_merge, never_merge or split") -%}
        {%- elif not row.record_a or (row.action == 'split') != (not row.record_b)
                or row.record_a == row.record_b -%}
            {%- do found.problems.append(row.override_id
                ~ " needs one record for a split and two different ones for all else") -%}
        {%- elif row.action == 'never_merge' -%}
            {%- set way = override_way(forced, row.record_a, row.record_b) -%}
            {%- if way -%}
                {%- do found.problems.append(row.override_id ~ " keeps " ~ row.record_a ~ " and "
                    ~ row.record_b ~ " apart, and " ~ way | join(', ') ~ " put them together") -%}
            {%- endif -%}
        {%- elif row.action == 'split' and row.record_a in forced -%}
            {%- do found.problems.append(row.override_id ~ " takes " ~ row.record_a ~ " out, and "
                ~ forced[row.record_a][0][1] ~ " puts it to " ~ forced[row.record_a][0][0]) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if found.problems -%}
        {%- do exceptions.raise_compiler_error(
            "policy_identity_override contradicts itself. End one row of each (valid_to):\n  "
            ~ found.problems | join('\n  ')) -%}
    {%- endif -%}
    {%- endif -%}
{%- endmacro %}
