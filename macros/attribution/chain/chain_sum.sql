{# Add up 1 + P + P² + … by squaring until no walk goes on, and return the number of rounds. A walk
   that still goes on after max_rounds ends the build: half a sum never comes out. #}
{% macro chain_sum(model_relation, steps_sql, max_rounds) -%}
    {%- set first = chain_work(model_relation, 'steps', 0) -%}
    {%- do chain_make(first, steps_sql) -%}
    {%- do chain_make(chain_work(model_relation, 'visits', 0), chain_states(first)) -%}
    {%- set run = namespace(rounds=0, going_on=true) -%}
    {%- for round in range(1, max_rounds + 1) -%}
        {%- if not run.going_on -%}{%- break -%}{%- endif -%}
        {%- set steps = chain_work(model_relation, 'steps', round - 1) -%}
        {%- set visits = chain_work(model_relation, 'visits', round - 1) -%}
        {%- do chain_make(
            chain_work(model_relation, 'visits', round), chain_longer(steps, visits)) -%}
        {%- do chain_make(chain_work(model_relation, 'steps', round), chain_squared(steps)) -%}
        {%- set run.rounds = round -%}
        {%- set left = run_query(
            'select count(*) from ' ~ chain_work(model_relation, 'steps', round)) -%}
        {%- set run.going_on = left.columns[0].values()[0] | int > 0 -%}
    {%- endfor -%}
    {%- if run.going_on -%}
        {%- do chain_drop(model_relation, run.rounds) -%}
        {%- do exceptions.raise_compiler_error(
            model_relation.identifier ~ ": a walk does not end within " ~ run.rounds
            ~ " rounds (max_rounds); the table was not changed") -%}
    {%- endif -%}
    {{ return(run.rounds) }}
{%- endmacro %}
