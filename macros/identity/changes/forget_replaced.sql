{# Run before a model that carries rows: takes out those that it is about to write anew, and all where no
   record is as it was. `scope` is a relation with the columns of `keys`, of which the rows count that meet
   the condition; rows of the model that meet `also` go in any case. #}
{% macro forget_replaced(scope, keys, condition='1 = 1', also='1 = 0') -%}
    {%- set changed = ref('int_identity__changed') -%}
    {%- if is_incremental() -%}
    {%- if execute and not has_columns(this, keys) -%}
        {%- do exceptions.raise_compiler_error(this.identifier ~ " was written by an earlier version. Run "
            ~ "`cdm build --full-refresh` once; person ids stay") -%}
    {%- endif -%}
    delete from {{ this }}
    where {{ also }}
        or not exists (select 1 from {{ changed }} where not is_pending)
        or exists (
            select 1 from {{ scope }} as replaced
            where {{ condition }} and {% for key in keys %}replaced.{{ key }} = {{ this }}.{{ key }}
                {{- ' and ' if not loop.last }}{% endfor %}
        )
    {%- elif execute and count_after('(select 1 from ' ~ changed ~ ' where not is_pending) as settled') > 0 -%}
        {%- do exceptions.raise_compiler_error(this.identifier ~ " can not be built anew alone, since only "
            ~ "what changed is looked at. Select int_identity__changed+ too") -%}
    {%- endif -%}
{%- endmacro %}
