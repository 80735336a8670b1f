{# Add up 1 + P + P² + … by squaring until no walk goes on, and return the number of rounds. A walk
   that still goes on after max_rounds ends the build: half a sum never comes out. #}
{% macro chain_sum(model_relation, steps_sql, max_rounds) -%}
    {%- set first = chain_work(model_relation, 'steps', 0) -%}
    {%- do run_statements(
        work_table(first, steps_sql)
        + work_table(chain_work(model_relation, 'visits', 0), chain_states(first))) -%}
    {%- set run = namespace(rounds=0, steps_left=1) -%}
    {%- for round in range(1, max_rounds + 1) -%}
        {%- if run.steps_left == 0 -%}{%- break -%}{%- endif -%}
        {%- set steps = chain_work(model_relation, 'steps', round - 1) -%}
        {%- set visits = chain_work(model_relation, 'visits', round - 1) -%}
        {%- set run.rounds = round -%}
        {%- set run.steps_left = count_after(
            chain_work(model_relation, 'steps', round),
            work_table(chain_work(model_relation, 'visits', round), chain_longer(steps, visits))
            + work_table(chain_work(model_relation, 'steps', round), chain_squared(steps))
            + chain_drop(model_relation, round - 1)) -%}
    {%- endfor -%}
    {%- if run.steps_left > 0 -%}
        {%- do run_statements(chain_drop(model_relation, run.rounds)) -%}
        {%- do exceptions.raise_compiler_error(
            model_relation.identifier ~ ": a walk does not end within " ~ run.rounds
            ~ " rounds (max_rounds); the table was not changed") -%}
    {%- endif -%}
    {{ return(run.rounds) }}
{%- endmacro %}
