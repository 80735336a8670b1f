{# The host in a web address or bare domain, in lower case and without `www.`; null if there is none. #}
{% macro host_of(expr) -%}
    {{ regex_extract(
        regex_replace(
            nfc('lower(' ~ strip_invisible(expr) ~ ')'),
            '^([a-z][a-z0-9+.-]*:)?(//)?([^/@]*@)?(www[.])?', ''
        ), '^(([^.!-,/:-@\\[-`{-~]+[.])+[^.0-9!-,/:-@\\[-`{-~][^.!-,/:-@\\[-`{-~]+)[.]?([:/?#].*)?$'
    ) }}
{%- endmacro %}
