{# Stop the build where a condition of policy_segment can't be read, and name each with its field and what
   to do. Run after the seed. #}
{% macro stop_at_unreadable_segments() -%}
    {%- if execute -%}
    {%- set attributes, operators, problems = segment_attributes(), segment_operators(), [] -%}
    {%- for row in run_query('select segment_id, alternative, attribute, operator, value from ' ~ this
            ~ ' order by segment_id, alternative, attribute, operator').rows -%}
        {%- set kind = attributes.get(row.attribute) -%}
        {%- set problem -%}
            {%- if not (row.segment_id or '') | trim -%}
            segment_id is empty; give the segment a name
            {%- elif row.alternative is none -%}
            alternative is empty; conditions that have to hold together have one number, 1 where there is one
            {%- elif not kind -%}
            attribute is none that segments can look at; the closest are {{ closest_names((row.attribute or '') | lower, zip(attributes, attributes)) }}
            {%- elif row.operator not in operators[kind] -%}
            operator does not fit a {{ kind }}; take one of {{ operators[kind] | join(' ') }}
            {%- elif row.operator in ('known', 'unknown') and row.value -%}
            value has to be empty beside {{ row.operator }}
            {%- elif row.operator not in ('known', 'unknown') and not (row.value or '').replace(';', '') | trim -%}
            value is empty; say what to compare with, or take the operator known or unknown
            {%- elif row.operator not in ('known', 'unknown') and kind == 'number'
                    and not modules.re.match('^[+-]?[0-9]+([.][0-9]+)?$', row.value) -%}
            value is no number; write it in digits, with a point
            {%- elif row.attribute.startswith('is_') and row.value and row.value | lower not in ('true', 'false') -%}
            value has to be true or false
            {%- endif -%}
        {%- endset -%}
        {%- if problem | trim -%}
            {%- do problems.append([row.segment_id, row.alternative, row.attribute, row.operator, row.value] | map('default', '', true)
                | join(',') ~ ': ' ~ problem | trim) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if problems -%}
        {%- do exceptions.raise_compiler_error(
            'seeds/policy/policy_segment.csv has conditions that can not be read. Correct these rows:\n  '
            ~ problems | join('\n  ')) -%}
    {%- endif -%}
    {%- endif -%}
{%- endmacro %}
