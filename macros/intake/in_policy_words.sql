{# Query: the rows of one entity with some fields in the words of a policy, whose aspects are those fields.
   `fields` says for each what it is where the policy has no meaning for its word, letters and digits
   only; `among` for which rows alone a field's words count. #}
{% macro in_policy_words(entity, records, words, fields, among={}) -%}
    select
        {%- for column in provenance_columns() %}
        records.{{ column }},
        {%- endfor %}
        {%- for field in entity_columns(entity) %}
        {%- if field in fields %}
        coalesce({{ field }}_words.meaning, {{ fields[field] }}) as {{ field }}
        {%- else %}
        records.{{ field }}
        {%- endif %}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from {{ records }} as records
    {%- for field in fields %}
    left join (
        select policy.word, policy.meaning
        from {{ words }} as policy
        where policy.aspect = '{{ field }}' and {{ in_force('policy') }}
    ) as {{ field }}_words
        {%- set word = regex_replace('lower(records.' ~ field ~ ')', '[^a-z0-9]', '') %}
        on {{ 'case when ' ~ among[field] ~ ' then ' ~ word ~ ' end' if field in among else word }}
            = {{ field }}_words.word
    {%- endfor %}
{%- endmacro %}
