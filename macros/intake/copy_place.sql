{# Which of several exact copies a row is, from 1: the first is the one that stands first in its file. `also`
   names columns that tell rows of one raw row apart. #}
{% macro copy_place(also=[]) -%}
    row_number() over (
        partition by connector, source_object, _content_hash, source_record_id
            {%- for column in also %}, {{ column }}{% endfor %}
        order by _source_file, _source_row
    )
{%- endmacro %}
