{# A firm's name as it is compared: lower case, without accents, punctuation and legal form. #}
{% macro company_name_key(expr) -%}
    nullif({{ regex_replace(
        'trim(' ~ regex_replace(
            "replace(" ~ strip_accents('lower(' ~ nfc(expr) ~ ')') ~ ", '.', '')",
            '[ !-/:-@\\[-`{-~]+', ' '
        ) ~ ')',
        '( (inc|incorporated|llc|ltd|limited|gmbh|mbh|ag|se|kg|kgaa|co|corp|corporation|company|plc|sa|sas|'
        ~ 'sarl|srl|spa|bv|nv|ab|as|asa|oy|oyj|aps|pty|kft|sro|doo|ug|ohg|gbr|ev|llp|lp))+$', ''
    ) }}, '')
{%- endmacro %}
