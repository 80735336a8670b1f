-- Grain: one row per raw row of the generic lifecycle_change files.

{{ land('generic', 'lifecycle_change') }}
