{# What each kind of quality alert says and asks for, as a CTE body. #}
{% macro alert_kinds() -%}
    {{ rows_of(
        {'kind': 'string', 'severity': 'string', 'problem': 'string', 'next_step': 'string'},
        [
            ['column_missing', 'error', 'the export no longer has this column, so its field stays empty',
                'If it has another name now, add that to the aliases of the column in the sources YAML; else ask why the export changed.'],
            ['column_new', 'info', 'the export has a column that nobody reads', 'Declare it, or let it be.'],
            ['column_retyped', 'error', 'many values can no longer be read as the declared type',
                'Correct the export, or declare the type, date order or time zone anew.'],
            ['fill_unusual', 'warn', 'the share of rows with a value is outside of what is usual on this weekday',
                'Ask the owner of the form or the sync whether it still fills the field.'],
            ['object_empty', 'error', 'the object had rows before and has none now', 'Look whether the export ran.'],
            ['volume_unusual', 'warn', 'the number of rows is outside of what is usual on this weekday',
                'Look whether the export is whole, or written twice.'],
            ['rule_unusual', 'warn', 'more rows break this rule than is usual on this weekday',
                'Ask who enters or sends the values what has changed; if the rule is wrong, change it or waive it.'],
            ['stale', 'warn', 'the newest row is older than two of its cadences', 'Look whether the loader still runs.'],
            ['unknown_value', 'warn', 'rows have a value that the list does not know',
                'Add the value to the list, or have it corrected in the source system.'],
            ['incomplete', 'warn', 'fewer rows have a value than the contract asks for',
                'Have it filled in where the field is entered.'],
            ['changes_too_often', 'warn', 'of people of whom this has changed more often than policy_score_input allows, scores go by an earlier value until it is calm',
                'Look in canonical.score_input who they are; most often two systems take turns, so rank one of them in policy_survivorship.'],
            ['not_a_valid_input', 'warn', 'of people with a value that policy_score_input does not accept, scores go by an earlier value or by none',
                'Look in canonical.score_input at the values; have them corrected in the source system, or accept them in valid_input.'],
            ['segment_empty', 'warn', 'nobody is in this segment',
                'Look at the values of its conditions, most often one is misspelt; a segment that nobody needs is closed with valid_to.'],
            ['past_changed', 'warn', 'the number of rows, or the amount won, of a month that is over has changed since the last build',
                'Look whether rows came late, were deleted, or a list was changed.'],
        ]
    ) }}
{%- endmacro %}
