-- Grain: one row per raw row of the generic person files.

{{ land('generic', 'person') }}
