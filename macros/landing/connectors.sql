{# The connectors that are on: those of the switchboard that CDM_CONNECTORS names, or all that need not
   be asked for. #}
{% macro connectors() -%}
    {%- set wanted = env_var('CDM_CONNECTORS', '') -%}
    {%- set named = [] -%}
    {%- for name in wanted.split(',') if name | trim -%}{%- do named.append(name | trim) -%}{%- endfor -%}
    {%- for name in named if name not in var('connectors') -%}
        {{ exceptions.raise_compiler_error(
            'CDM_CONNECTORS names "' ~ name ~ '", which is no connector of this project. Known: '
            ~ var('connectors') | join(', ') ~ '.'
        ) }}
    {%- endfor -%}
    {{ return(named or (var('connectors') | reject('in', var('connectors_on_request')) | list)) }}
{%- endmacro %}
