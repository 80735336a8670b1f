-- Grain: one row per raw row of Segment's users.

{{ land('segment', 'user') }}
