-- Grain: one row per raw row of the generic event files.

{{ land('generic', 'event') }}
