-- Grain: one row per raw row of the generic campaign cost files.

{{ land('generic', 'campaign_cost') }}
