-- Grain: one person.
{# MINI_WAIT names a pipe: reading it blocks until someone writes, for tests that need time. #}
{% if env_var('MINI_WAIT', '') %}
select 0 as person_number, content as email from read_text('{{ env_var("MINI_WAIT") }}')
{% else %}
select range as person_number, 'person' || range || '@example.org' as email
from range({{ env_var('MINI_PERSONS', '50') }})
{% endif %}
