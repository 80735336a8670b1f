-- Grain: one stay of an accepted version of an opportunity record in the exports, of this build or
-- of an earlier one, since most CRMs show a deal only as it is now. It survives --full-refresh.
{{ memory(
    unique_key=['raw_row_id', 'heard_at'],
    hooks=["{{ forget_misheard(ref('int_opportunity__checked')) }}"],
) }}

{{ heard_rows(ref('int_opportunity__checked'), [
    'raw_row_id', 'connector', 'source_system', 'source_object', 'source_record_id', '_content_hash',
    'record_updated_at', 'is_deleted', '_loaded_at', 'account_record_id', 'owner_record_id',
    'pipeline', 'stage', 'stage_rank', 'amount', 'currency', 'probability', 'expected_close_date',
    'closed_at', 'is_closed', 'is_won',
]) }}
