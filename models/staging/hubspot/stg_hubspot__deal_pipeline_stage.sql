-- Grain: one raw row of HubSpot's deal pipeline stage object.

{{ land('hubspot', 'deal_pipeline_stage') }}
