{# The nodes whose component is another one than before, and those that came. The work table `labels` says
   it of the nodes that components_changed named; every node of a component that did not shrink goes with
   its smallest. #}
{% macro components_moved(model_relation) -%}
    {%- set labels = components_work(model_relation, 'labels') -%}
    with whole as (
        select labelled.node, labelled.component
        from {{ model_relation }} as labelled
        left join {{ components_work(model_relation, 'shrunk') }} as shrunk
            on shrunk.component = labelled.component
        where shrunk.component is null
    )

    select whole.node, labels.component
    from whole
    inner join {{ labels }} as labels on labels.node = whole.component
    where labels.component <> whole.component
    union all
    select labels.node, labels.component
    from {{ labels }} as labels
    left join whole on whole.node = labels.node
    where whole.node is null
{%- endmacro %}
