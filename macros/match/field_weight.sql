{# What the level at which a field agrees tells, in bits; 0 where a side lacks it. A rare value tells
   more than a common one, four bits more at most. `compared` has the pair, `<field>` its weight row. #}
{% macro field_weight(field) -%}
    coalesce(
        case when {{ field }}.is_by_frequency then
            {{ bits(field ~ '.m_probability', greatest_of([
                '1.0 * compared.' ~ field ~ '_count / compared.record_count',
                field ~ '.u_probability / 16.0',
            ])) }}
        end,
        {{ field }}.weight,
        0.0
    )
{%- endmacro %}
