{# Aggregate: the sum of the rows' hashes. Two sets of rows have the same one if they are the same. #}
{% macro row_fingerprint() -%}
    coalesce(sum(cast(
        {{ hash_to_bigint("coalesce(_source_file, '') || ':' || coalesce(_content_hash, '')") }}
    as decimal(38, 0))), 0)
{%- endmacro %}
