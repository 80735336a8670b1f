"""Generator of the demo exports. Start it with ``python -m demo.generate``."""

from __future__ import annotations

from demo.generator import campaign_spend, edge_cases, lead_flow, mess, story, world
from demo.generator.tables import Exports


def build_exports() -> Exports:
    """Collect every raw row, the truth and the expectations of the demo."""
    exports = Exports()
    truth = world.build()
    story.tell(exports, truth)
    edge_cases.add(exports, truth)
    mess.add(exports, truth)
    _mix(exports)
    lead_flow.add(exports, truth)
    campaign_spend.add(exports)
    return exports


def _mix(exports: Exports) -> None:
    """Spread the rows of a case over their file: nothing may depend on the order."""
    for table in exports.tables.values():
        world.stream(f"order:{table.connector}.{table.name}").shuffle(table.rows)
