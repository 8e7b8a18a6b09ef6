"""How outlines are kept: quantised to a ten-thousandth of a degree (11 m), written as
differences, compressed each alone.

Builder and look-up share this module. shapely and numpy are loaded when the first outline is asked for.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

PER_DEGREE = 10_000
"""Steps of the grid per degree."""


def encode(geometry: BaseGeometry) -> bytes:
    """Pack a (multi)point, (multi)line string or (multi)polygon in lon/lat degrees."""
    import numpy as np
    import shapely
    from shapely.geometry import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon

    if isinstance(geometry, Point):
        geometry = MultiPoint([geometry])
    elif isinstance(geometry, LineString):
        geometry = MultiLineString([geometry])
    elif isinstance(geometry, Polygon):
        geometry = MultiPolygon([geometry])
    kind, coordinates, offsets = shapely.to_ragged_array([geometry])
    steps = np.rint(coordinates * PER_DEGREE).astype("<i4")
    differences = np.diff(steps, axis=0, prepend=np.zeros((1, 2), dtype="<i4")).astype("<i4")
    # All first bytes, then all second bytes …: the high bytes of small differences compress to nearly nothing.
    planes = np.ascontiguousarray(differences.T).view(np.uint8).reshape(-1, 4).T.tobytes()
    lengths = [np.diff(level).astype("<u4") for level in offsets]
    head = struct.pack("<BIB", int(kind), len(steps), len(lengths))
    body = b"".join(struct.pack("<I", len(level)) + level.tobytes() for level in lengths)
    return zlib.compress(head + body + planes, 9)


def decode(data: bytes) -> BaseGeometry:
    """Unpack what :func:`encode` packed. A collection of one part comes back as that part."""
    import numpy as np
    import shapely

    raw = zlib.decompress(data)
    kind, count, levels = struct.unpack_from("<BIB", raw)
    position = struct.calcsize("<BIB")
    offsets = []
    for _ in range(levels):
        (length,) = struct.unpack_from("<I", raw, position)
        position += 4
        lengths = np.frombuffer(raw, dtype="<u4", count=length, offset=position)
        position += 4 * length
        offsets.append(np.concatenate(([0], np.cumsum(lengths))).astype(np.int64))
    planes = np.frombuffer(raw, dtype=np.uint8, offset=position).reshape(4, 2 * count)
    differences = np.ascontiguousarray(planes.T).view("<i4").reshape(2, count)
    steps = np.ascontiguousarray(np.cumsum(differences, axis=1, dtype=np.int64).T)
    geometry: BaseGeometry = shapely.from_ragged_array(
        shapely.GeometryType(kind), steps / PER_DEGREE, tuple(offsets) or None
    )[0]
    parts = shapely.get_parts(geometry)
    return parts[0] if len(parts) == 1 else geometry
