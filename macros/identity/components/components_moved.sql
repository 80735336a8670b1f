{# The nodes whose component is another one than before, and those that came. The work table `labels` says
   it of the nodes that components_changed named; every node of a component that did not shrink goes with
   its smallest. #}
{% macro components_moved(model_relation) -%}
    {%- set labels = components_work(model_relation, 'labels') -%}
    {%- set shrunk = components_work(model_relation, 'shrunk') -%}
    with renamed as (
        select labels.node, labels.component
        from {{ labels }} as labels
        left join {{ shrunk }} as shrunk on shrunk.component = labels.node
        where shrunk.component is null and labels.component <> labels.node
    ),

    standing as (
        select labelled.node, labelled.component
        from {{ model_relation }} as labelled
        inner join {{ labels }} as labels on labels.node = labelled.node
        where labels.node <> ''
    )

    select labelled.node, renamed.component
    from {{ model_relation }} as labelled
    inner join renamed on renamed.node = labelled.component
    union all
    select labels.node, labels.component
    from {{ labels }} as labels
    left join standing on standing.node = labels.node
    left join {{ shrunk }} as shrunk on shrunk.component = standing.component
    where standing.node is null or shrunk.component is not null
{%- endmacro %}
