-- Grain: one row per raw row of the generic opportunity files.

{{ land('generic', 'opportunity') }}
