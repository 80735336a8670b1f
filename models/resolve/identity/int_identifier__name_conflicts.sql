-- Grain: one identifier whose records bear clearly different first names.
with doubtful as (
    select identifier_key
    from {{ ref('int_identifier__bearers') }}
    where given_name is not null
    group by identifier_key
    having min(anchor) <> max(anchor) and {{ names_differ('given_name') }}
),

bearers as (
    select bearers.*
    from {{ ref('int_identifier__bearers') }} as bearers
    inner join doubtful
        on bearers.identifier_key = doubtful.identifier_key
    where bearers.given_name is not null
),

contested as (
    select id_type, id_value
    from bearers
    group by id_type, id_value, max_anchors
    having count(distinct anchor) between 2 and coalesce(max_anchors, 25)
),

named as (
    select distinct
        bearers.id_type,
        bearers.id_value,
        bearers.anchor,
        bearers.given_name,
        coalesce(bearers.last_name, '') as last_name
    from bearers
    inner join contested
        on bearers.id_type = contested.id_type and bearers.id_value = contested.id_value
),

nicknames as (
    {{ forms_of_one_name() }}
),

-- Two anchors agree if any of their names do.
pairs as (
    select
        left_side.id_type,
        left_side.id_value,
        left_side.anchor as left_anchor,
        right_side.anchor as right_anchor,
        max(case
            when nicknames.left_name is not null then 1
            when {{ names_agree('left_side', 'right_side') }} then 1
            else 0
        end) as agree
    from named as left_side
    inner join named as right_side
        on left_side.id_type = right_side.id_type
            and left_side.id_value = right_side.id_value
            and left_side.anchor < right_side.anchor
    left join nicknames
        on left_side.given_name = nicknames.left_name
            and right_side.given_name = nicknames.right_name
    group by left_side.id_type, left_side.id_value, left_side.anchor, right_side.anchor
),

conflicts as (
    select id_type, id_value, count(*) as conflicting_pairs
    from pairs
    where agree = 0
    group by id_type, id_value
)

select * from conflicts
