{# What declared rules look up beside the row, as joins behind the CTE `rows_from`: values that several
   records of a system share (unique), and the records that exist (reference). `references` hands over
   the relation of each entity that a rule may name, {entity: ref(…)}. A model that judges only what
   came since the last build can look up nothing: what it finds would change for rows judged before. #}
{% macro rule_joins(rules, rows_from='records', references={}) -%}
    {%- for rule in rules %}
    {%- if rule.type in ('unique', 'reference') and model.config.materialized == 'incremental' %}
        {{ exceptions.raise_compiler_error(rule.table ~ '.' ~ rule.column ~ ' declares a rule ' ~ rule.type
            ~ ', and int_' ~ rule.entity ~ '__checked judges only the rows that came since the last build, so '
            ~ 'nothing would check it for the others. Test the published table instead.') }}
    {%- endif %}
    {%- if rule.type == 'unique' %}
    left join (
        select source_system as {{ rule.mark }}_system, {{ rule.field }} as {{ rule.mark }}_value
        from {{ rows_from }}
        where {{ rule.field }} is not null and not is_deleted
        group by source_system, {{ rule.field }}
        having count(distinct source_record_id) > 1
    ) as {{ rule.mark }}
        on {{ rows_from }}.source_system = {{ rule.mark }}.{{ rule.mark }}_system
            and {{ rows_from }}.{{ rule.field }} = {{ rule.mark }}.{{ rule.mark }}_value
    {%- elif rule.type == 'reference' %}
    {%- if rule.reference not in references %}
        {{ exceptions.raise_compiler_error(rule.table ~ '.' ~ rule.column ~ ' refers to ' ~ rule.reference
            ~ ', which its intake model does not hand over: add it to rule_joins in int_' ~ rule.entity
            ~ '__checked.') }}
    {%- endif %}
    left join (
        select distinct
            source_system as {{ rule.mark }}_system,
            source_record_id as {{ rule.mark }}_value
        from {{ references[rule.reference] }}
    ) as {{ rule.mark }}
        on {{ rows_from }}.source_system = {{ rule.mark }}.{{ rule.mark }}_system
            and {{ rows_from }}.{{ rule.field }} = {{ rule.mark }}.{{ rule.mark }}_value
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
