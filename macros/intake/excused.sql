{# What excuses rows of the CTE `judged`, as CTEs: `waivers`, those in force for reasons that may be
   waived, and `excused`, each object and combination of reasons to hold a row of which every one is
   waived there. Only combinations are joined, of which there are few. #}
{% macro excused(entity, rules) -%}
    waivers as (
        {{ waivers_in_force() }}
            and rule_id in ('{{ waivable_reasons(entity, rules) | join("', '") }}')
    ),

    held as (
        select distinct connector, source_object, hold_reasons
        from judged
        where hold_reasons is not null
    ),

    reasons_to_hold as (
        {{ split_rows('held', 'hold_reasons', ';') }}
    ),

    excused as (
        select reasons.connector, reasons.source_object, reasons.hold_reasons
        from reasons_to_hold as reasons
        left join waivers
            on reasons.part = waivers.rule_id
                and waivers.scope in (
                    '*', reasons.connector, reasons.connector || '.' || reasons.source_object
                )
        group by reasons.connector, reasons.source_object, reasons.hold_reasons
        having count(*) = count(waivers.rule_id)
    )
{%- endmacro %}
