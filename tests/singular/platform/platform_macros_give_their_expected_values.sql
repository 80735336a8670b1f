-- Grain: one case in which a platform macro gives another value than the one written here.
{# words in the order of a number and a letter; the first and the last are unknown #}
{% set ordered = "(select 2 as number, 'a' as letter, 'c' as word
    union all select 1, 'a', null union all select 1, 'b', 'b' union all select 9, 'a', null
    union all select 1, 'c', 'a') as words" %}
{# macro call: [(text, expected text)]; the call reads the column `written` #}
{% set calls = {
    try_cast('written', 'int'): [
        ('12', '12'), ('-12', '-12'), ('+7', '7'), ('12.0', '12'), ('12.', '12'), ('12.5', none),
        ('1e3', none), ('0x1F', none), ('1_000', none), ('1,000', none), ('2147483648', none),
        ('', none), (none, none),
    ],
    try_cast('written', 'bigint'): [
        ('2147483648', '2147483648'), ('9223372036854775808', none), ('-0.0', '0'),
    ],
    try_cast('written', 'decimal'): [
        ('12.5', '12.5000'), ('1e3', '1000.0000'), ('.5', '0.5000'), ('0.00005', '0.0001'),
        ('1,000', none), ('999999999999999', none), ('nan', none), ('', none), (none, none),
    ],
    try_cast('written', 'string'): [('x1', 'x1'), ('', ''), (none, none)],
    parse_decimal('written'): [
        ('1,234.56', '1234.5600'), ('1234.56', '1234.5600'), ('$1,234.56', '1234.5600'),
        ('€ 1,234,567', '1234567.0000'), ('-$5', '-5.0000'), ('1 234.5', '1234.5000'),
        ('1''234.50', '1234.5000'), ('.5', '0.5000'), ('1e3', '1000.0000'), ('12%', none),
        ('1,23', none), ('1.234,56', none), ('1,2345', none), ('12 USD', none), ('$', none),
        ('(5)', none), ('', none), (none, none),
    ],
    parse_decimal('written', 'comma'): [
        ('1.234,56', '1234.5600'), ('1234,5', '1234.5000'), ('1.234', '1234.0000'),
        ('€ 1.234.567,89', '1234567.8900'), ('1 234,56 €', '1234.5600'), ('-5', '-5.0000'),
        ('1.23', none), ('1,234.56', none), ('12 %', none), (none, none),
    ],
    parse_boolean('written'): [
        ('true', 'true'), ('T', 'true'), ('Yes', 'true'), ('y', 'true'), ('1', 'true'),
        ('FALSE', 'false'), ('f', 'false'), ('no', 'false'), ('N', 'false'), ('0', 'false'),
        ('maybe', none), ('2', none), ('', none), (none, none),
    ],
    regex_matches('written', '[0-9]{2}'): [('a12b', 'true'), ('a1b', 'false'), (none, none)],
    regex_matches('written', '^ab?$'): [('a', 'true'), ('cab', 'false'), ('abc', 'false')],
    regex_matches('written', '\\.com$'): [('x.com', 'true'), ('xcom', 'false')],
    regex_matches('written', "d'or"): [("palme d'or", 'true'), ('d or', 'false')],
    regex_replace('written', '[^a-z]+', '-'): [('a1b22c', 'a-b-c'), (none, none)],
    regex_replace('written', '(a)(b)', '\\2\\1'): [('abxab', 'baxba')],
    regex_extract('written', '@(.+)$'): [('a@b.c', 'b.c'), ('ab', none), (none, none)],
    regex_extract('written', '(a)|(b)', 2): [('b', 'b'), ('a', none)],
    regex_extract('written', '[0-9]+', 0): [('a12', '12')],
    url_decoded('written'): [
        ('a%20b', 'a b'), ('100%', '100%'), ('%C3%A4', 'ä'), ('%E4', '%E4'), (none, none),
    ],
    nfc('written'): [('u\u0308', '\u00fc'), ('\u00fc', '\u00fc'), (none, none)],
    strip_accents('written'): [
        ('M\u00fcller', 'Muller'), ('Mu\u0308ller', 'Muller'), ('Łukasz', 'Łukasz'), ('løs', 'løs'),
        (none, none),
    ],
    content_hash(['written']): [
        ('a', '2c1119fadf9f513c490c9a39716a9985'), (none, '336d5ebc5436534e61d16e63ddfca327'),
    ],
    content_hash(['written', "'b'"]) ~ ' = ' ~ content_hash(["written || 'b'", "''"]): [
        ('a', 'false'), ('', 'false'),
    ],
    content_hash(['written', "cast(null as varchar)"]) ~ ' = ' ~ content_hash(['written', "''"]): [
        ('a', 'false'),
    ],
    '(select ' ~ first_by('word', ['number', 'letter']) ~ ' from ' ~ ordered ~ ')': [('', 'b')],
    '(select ' ~ last_by('word', ['number', 'letter']) ~ ' from ' ~ ordered ~ ')': [('', 'c')],
    surrogate_key('per', ['written']): [('a', 'per_2c1119fadf9f513c490c9a39716a9985')],
    hash_to_bigint('written'): [('a', '57446577476672362'), ('', '955282973525019424'), (none, none)],
    'length(' ~ keyed_hash('written') ~ ')': [('a', '64'), ('', '64'), (none, none)],
    keyed_hash('written') ~ ' = ' ~ keyed_hash("'a'"): [('a', 'true'), ('A', 'false')],
    json_text('written', 'a'): [
        ('{"a": "x"}', 'x'), ('{"a": 12}', '12'), ('{"a": true}', 'true'), ('{"a": null}', none),
        ('{"a": [1, 2]}', '[1,2]'), ('{"b": 1}', none), ('[1]', none), ('not json', none),
        ('', none), (none, none),
    ],
    json_text('written', '$.a'): [('{"a": "x"}', 'x'), ('{"b": 1}', none)],
    json_text('written', 'a.b c'): [('{"a": {"b c": 1}}', '1'), ('{"a": 1}', none)],
    json_object({'a': 'written', 'b': "'2'", 'c': 'nullif(1, 1)'}): [
        ('x"y\\z', '{"a":"x\\"y\\\\z","b":"2"}'), (none, '{"b":"2"}'),
    ],
    json_object({'a': 'written'}): [('é', '{"a":"é"}'), (none, none)],
    joined_text(["written", "cast(null as varchar)", "'b'"]): [('a', 'ab'), ('', 'b'), (none, 'b')],
    joined_text(["written", "cast(null as varchar)"], ', '): [('a', 'a'), ('', ''), (none, '')],
    labelled_text([("a'=", 'written'), ('b=', "cast(null as varchar)"), ('c=', "'d'")], ', '): [
        ('x', "a'=x, c=d"), ('', "a'=, c=d"), (none, 'c=d'),
    ],
    labelled_text([('a=', "cast(null as varchar)"), ('b=', 'written')], ''): [('x', 'b=x'), (none, '')],
    labelled_text([('a=', 'written'), ('b=', 'written')], '\u001f'): [('x', 'a=x\u001fb=x'), (none, '')],
    key_values('written'): [
        (
            '[{"key": "j", "value": {"int_value": 1}}, {"key": "k", "value": {"string_value": "x\\"y"}}]',
            '{"j":"1","k":"x\\"y"}'
        ),
        ('[{"key": "k", "value": {"string_value": null, "int_value": "7"}}]', '{"k":"7"}'),
        ('[{"key": "k", "value": {"double_value": 1.5}}]', '{"k":"1.5"}'),
        ('[{"key": "k", "value": {"float_value": 2.5, "set_timestamp_micros": 1}}]', '{"k":"2.5"}'),
        (
            '[{"key": "k", "value": {"int_value": 1}}, {"key": "k", "value": {"int_value": 2}}]',
            '{"k":"1","k":"2"}'
        ),
        ('[{"value": {"int_value": 1}}, {"key": null}, null, {"key": "k"}]',
            '{"":"1","":null,"":null,"k":null}'),
        ('[{"key": "k", "value": 3}]', '{"k":null}'),
        ('[]', '{}'), ('{"k": 1}', '{"k": 1}'), ('5', '5'), ('[{"key": "k"', '[{"key": "k"'),
        ('', ''), (none, none),
    ],
    key_values('to_json(written)', "case when written = 'x' then [
        {'key': 'a', 'value': {'string_value': written, 'int_value': null, 'float_value': null, 'double_value': null}},
        {'key': 'b', 'value': {'string_value': null, 'int_value': 3, 'float_value': null, 'double_value': null}}
    ] end"): [('x', '{"a":"x","b":"3"}'), ('y', '"y"'), (none, none)],
    text_of(json_texts('written', ['k', 'l m']), 'k'): [
        ('{"k": "x", "l m": "y"}', 'x'), ('{"k": 7}', '7'), ('{"k": "1", "k": "2"}', '1'),
        ('{"k": null}', none), ('{"j": 1}', none), ('[]', none), ('5', none), ('{"k"', none),
        ('', none), (none, none),
    ],
    text_of(json_texts('written', ['k', 'l m']), 'l m'): [('{"k": "x", "l m": "y"}', 'y')],
    epoch_timestamp('cast(written as bigint)'): [
        ('1767225600', '2026-01-01 00:00:00'), ('1767225600123', '2026-01-01 00:00:00.123'),
        ('1767225600123456', '2026-01-01 00:00:00.123456'), ('999999999', none), ('17672256001', none),
        ('-1767225600', none), ('7289654399999999', '2200-12-31 23:59:59.999999'),
        ('7289654400000000', none), ('0', none), (none, none),
    ],
    levenshtein('written', "'kitten'"): [('sitting', '3'), ('kitten', '0'), (none, none)],
    is_valid_json('written'): [
        ('{"a": 1}', 'true'), ('[]', 'true'), ('{a: 1}', 'false'), ('', 'false'), (none, none),
    ],
    string_position("'b'", 'written'): [('abc', '2'), ('xyz', '0'), (none, none)],
    least_of(["written", "'m'", 'cast(null as varchar)']): [('a', 'a'), ('z', 'm'), (none, 'm')],
    greatest_of(["written", "'m'", 'cast(null as varchar)']): [('a', 'm'), ('z', 'z'), (none, 'm')],
    seconds_between("timestamp '2025-03-30 00:59:59.5'", "cast(written as timestamp)"): [
        ('2025-03-30 01:00:00.4', '0'), ('2025-03-30 01:00:00.5', '1'), ('2025-03-31 00:59:59.5', '86400'),
        ('2025-03-30 00:59:58', '-1'), (none, none),
    ],
    local_to_utc('cast(written as timestamp)', "'Europe/Berlin'"): [
        ('2025-07-01 12:00:00', '2025-07-01 10:00:00'), ('2025-03-30 02:30:00', '2025-03-30 01:30:00'),
        ('2025-10-26 02:30:00', '2025-10-26 01:30:00'), (none, none),
    ],
    utc_to_local('cast(written as timestamp)', "'Europe/Berlin'"): [
        ('2025-07-01 10:00:00', '2025-07-01 12:00:00'), ('2025-10-26 00:30:00', '2025-10-26 02:30:00'),
        ('2025-10-26 01:30:00', '2025-10-26 02:30:00'), (none, none),
    ],
} %}
with

single_values as (
    {%- for call, cases in calls.items() %}
    {{ 'union all' if not loop.first }}
    select
        {{ text_literal(call) }} as call,
        written,
        expected,
        cast({{ call }} as {{ sql_type('string') }}) as actual
    from ({{ written_and_expected(cases) }}) as cases
    {%- endfor %}
),

listed as (
    select 'x' as owner_name, 1 as place, 'b; a;;b ;  ' as list_text
    union all
    select 'x' as owner_name, 2 as place, 'c;a' as list_text
    union all
    select 'y' as owner_name, 3 as place, '' as list_text
    union all
    select 'z' as owner_name, null as place, null as list_text
),

parts as (
    {{ split_rows('listed', 'list_text', ';') }}
),

members as (
    {{ json_items('(
        select \'["b", "a, c", null, 1]\' as written union all select \'{"x": true, "y": "z"}\'
        union all select \'[]\' union all select \'"x"\' union all select \'[broken\' union all select null
    )', 'written') }}
),

aggregates as (
    select
        owner_name as written,
        {{ ordered_list('part') }} as by_text,
        {{ ordered_list('part', 'place desc') }} as newest_first,
        {{ ordered_list('part', 'place, part_number', ', ') }} as as_written
    from parts
    group by owner_name
    union all
    select
        owner_name as written,
        {{ ordered_list('nullif(list_text, list_text)') }} as by_text,
        {{ ordered_list('nullif(list_text, list_text)', 'place desc') }} as newest_first,
        {{ ordered_list('list_text', 'place') }} as as_written
    from listed
    where owner_name = 'z'
    group by owner_name
),

history as (
    select
        place,
        {{ last_value_ignore_nulls('stage', 'owner_name', 'place') }} as stage
    from (
        select 'x' as owner_name, 1 as place, cast(null as {{ sql_type('string') }}) as stage
        union all
        select 'x' as owner_name, 2 as place, 'lead' as stage
        union all
        select 'x' as owner_name, 3 as place, null as stage
        union all
        select 'x' as owner_name, 4 as place, 'mql' as stage
    ) as stages
),

told as (
    {{ rows_of({'call': 'string', 'written': 'string'}, [['a', "it's"], ['b', none]]) }}
),

told_nothing as (
    {{ rows_of({'call': 'string', 'written': 'string'}, []) }}
),

results as (
    select * from single_values
    union all
    select
        'json_items' as call,
        written,
        case left(written, 1) when '[' then '0=b;1=a, c;3=1' else 'x=true;y=z' end as expected,
        {{ ordered_list("item_name || '=' || item") }} as actual
    from members
    group by written
    union all
    select 'json_items' as call, 'rows' as written, '5' as expected,
        cast(count(*) as {{ sql_type('string') }}) as actual
    from members
    union all
    select
        'rows_of' as call,
        call as written,
        case when call = 'a' then 'it''s' end as expected,
        written as actual
    from told
    union all
    select
        'rows_of nothing' as call,
        'rows' as written,
        '2 and 0' as expected,
        (select cast(count(*) as {{ sql_type('string') }}) from told)
        || ' and ' || (select cast(count(*) as {{ sql_type('string') }}) from told_nothing)
            as actual
    union all
    select
        'split_rows' as call,
        'rows' as written,
        '5' as expected,
        cast(count(*) as {{ sql_type('string') }}) as actual
    from parts
    union all
    select 'ordered_list' as call, written, 'a;b;c' as expected, by_text as actual
    from aggregates
    where written = 'x'
    union all
    select 'ordered_list newest first' as call, written, 'a;c;b' as expected, newest_first as actual
    from aggregates
    where written = 'x'
    union all
    select 'ordered_list as written' as call, written, 'b, a, c' as expected, as_written as actual
    from aggregates
    where written = 'x'
    union all
    select
        'ordered_list of nothing' as call,
        written,
        null as expected,
        coalesce(by_text, newest_first, as_written) as actual
    from aggregates
    where written = 'z'
    union all
    select
        'last_value_ignore_nulls' as call,
        cast(place as {{ sql_type('string') }}) as written,
        case when place in (2, 3) then 'lead' when place = 4 then 'mql' end as expected,
        stage as actual
    from history
)

select * from results
where coalesce(actual, 'null') <> coalesce(expected, 'null')
