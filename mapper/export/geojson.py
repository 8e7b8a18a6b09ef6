"""GeoJSON as RFC 7946 has it: WGS 84 without a ``crs`` member, counterclockwise outer rings, null where unplaced."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from mapper.export.outlines import Outlines
from mapper.export.rows import clean, told
from mapper.files import replacing
from mapper.model import Analysis


def write(path: Path, analyses: Iterable[Analysis], outlines: Outlines) -> None:
    """Write one feature per event and article, a feature a line. Memory does not grow with the number of events."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"type":"FeatureCollection","features":[')
        separator = "\n"
        for item in told(analyses):
            shape = outlines.geojson(item.event.location)
            properties = json.dumps(item.row, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
            identifier = json.dumps(clean(item.event.id), ensure_ascii=False)
            file.write(
                f'{separator}{{"type":"Feature","id":{identifier},"geometry":{shape},"properties":{properties}}}'
            )
            separator = ",\n"
        file.write("\n]}\n")
