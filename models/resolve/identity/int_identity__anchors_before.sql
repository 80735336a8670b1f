-- Grain: one record that stood in an anchor at the end of the last build.
select before.node, before.component
from {{ rows_last_built(
    'int_identity__anchors', {'node': 'string', 'component': 'string'}) }} as before
