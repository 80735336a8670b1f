{# Run before a model that carries rows: takes out those that it is about to write anew, and all where no
   record is as it was. `scope` is a relation with the columns of `keys`, of which the rows count that meet
   the condition. Of several keys the first is looked for alone: that leaves few rows for the others. #}
{% macro forget_replaced(scope, keys, condition='1 = 1') -%}
    {%- set settled = is_anything_settled() -%}
    {%- if is_incremental() and execute and not has_columns(this, keys) -%}
        {%- do exceptions.raise_compiler_error(this.identifier ~ " was written by an earlier version. Run "
            ~ "`cdm build --full-refresh` once; person ids stay") -%}
    {%- elif settled and not is_incremental() -%}
        {%- do exceptions.raise_compiler_error(this.identifier ~ " can not be built anew alone, since only "
            ~ "what changed is looked at. Select int_identity__changed+ too") -%}
    {%- elif settled -%}
    delete from {{ this }}
    where ({{ keys | join(', ') }}) in (
        select {{ keys | join(', ') }} from {{ scope }}
        where {{ condition }}
    )
    {%- if keys | length > 1 %}
        and {{ keys[0] }} in (
            select {{ keys[0] }} from {{ scope }}
            where {{ condition }}
        )
    {%- endif %}
    {%- elif is_incremental() -%}
    delete from {{ this }}
    {%- endif -%}
{%- endmacro %}
