{# Run before a model that carries rows of components: takes out those of the nodes that this build looks
   at. `key` is the model's column of nodes. #}
{% macro forget_stirred(key) -%}
    {{ forget_replaced(
        '(select node as ' ~ key ~ ' from ' ~ ref('int_identity__stirred') ~ ') as stirred', [key]
    ) }}
{%- endmacro %}
