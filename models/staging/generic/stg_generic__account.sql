-- Grain: one row per raw row of the generic account files.

{{ land('generic', 'account') }}
