-- Grain: one row per raw row of the generic consent files.

{{ land('generic', 'consent') }}
