{#- Stops the build where an engine has no implementation: a missing capability is never a silent null. -#}
{% macro unsupported_on_engine(capability) %}
    {{- return(adapter.dispatch('unsupported_on_engine', 'customer_data_model')(capability)) -}}
{% endmacro %}

{% macro default__unsupported_on_engine(capability) %}
    {{- exceptions.raise_compiler_error(
        "macros/platform: " ~ capability ~ " has no implementation for " ~ target.type
    ) -}}
{% endmacro %}
