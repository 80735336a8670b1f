-- Grain: one row per raw row of the generic activity files.

{{ land('generic', 'activity') }}
