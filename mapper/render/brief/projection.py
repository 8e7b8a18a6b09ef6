"""From the sphere to the plane, in kilometres: equal areas, so that a country looks as large as it is.

Formulas: Snyder, Map Projections - A Working Manual (1987), chapter 24 (Lambert azimuthal equal-area, spherical);
Šavrič, Patterson and Jenny, The Equal Earth map projection (2018). y grows northwards.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

EARTH_KM = 6371.0088
"""Mean radius."""

Array = NDArray[np.float64]


class Projection(Protocol):
    """Longitudes and latitudes in degrees to x and y in kilometres, and back (NaN where there is no place)."""

    lon: float
    lat: float

    def forward(self, lon: Array, lat: Array) -> tuple[Array, Array]: ...

    def inverse(self, x: Array, y: Array) -> tuple[Array, Array]: ...


class Lambert:
    """Lambert azimuthal equal-area around (``lon``, ``lat``): for anything up to a hemisphere."""

    def __init__(self, lon: float, lat: float) -> None:
        self.lon, self.lat = lon, lat

    def forward(self, lon: Array, lat: Array) -> tuple[Array, Array]:
        turn, phi, middle = np.radians(lon - self.lon), np.radians(lat), np.radians(self.lat)
        cosine = np.sin(middle) * np.sin(phi) + np.cos(middle) * np.cos(phi) * np.cos(turn)
        k = EARTH_KM * np.sqrt(2 / np.maximum(1e-9, 1 + cosine))
        x = k * np.cos(phi) * np.sin(turn)
        y = k * (np.cos(middle) * np.sin(phi) - np.sin(middle) * np.cos(phi) * np.cos(turn))
        return x, y

    def inverse(self, x: Array, y: Array) -> tuple[Array, Array]:
        rho = np.hypot(x, y)
        sine = rho / (2 * EARTH_KM)
        outside = sine > 1
        c = 2 * np.arcsin(np.minimum(1, sine))
        middle = np.radians(self.lat)
        safe = np.where(rho == 0, 1, rho)
        lat = np.arcsin(np.clip(np.cos(c) * np.sin(middle) + y * np.sin(c) * np.cos(middle) / safe, -1, 1))
        lon = np.arctan2(x * np.sin(c), safe * np.cos(middle) * np.cos(c) - y * np.sin(middle) * np.sin(c))
        lat, lon = np.degrees(lat), self.lon + np.degrees(lon)
        return np.where(outside, np.nan, lon), np.where(outside, np.nan, lat)


class EqualEarth:
    """The whole world around the meridian ``lon``."""

    _A = (1.340264, -0.081106, 0.000893, 0.003796)

    def __init__(self, lon: float = 0.0) -> None:
        self.lon, self.lat = lon, 0.0

    def forward(self, lon: Array, lat: Array) -> tuple[Array, Array]:
        a1, a2, a3, a4 = self._A
        theta = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(lat)))
        t2 = theta * theta
        t6 = t2 * t2 * t2
        slope = 9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1
        x = 2 * np.sqrt(3) * np.radians(lon - self.lon) * np.cos(theta) / (3 * slope)
        y = theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))
        return EARTH_KM * x, EARTH_KM * y

    def inverse(self, x: Array, y: Array) -> tuple[Array, Array]:
        a1, a2, a3, a4 = self._A
        goal = y / EARTH_KM
        theta = goal / a1
        for _ in range(12):
            t2 = theta * theta
            t6 = t2 * t2 * t2
            value = theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2)) - goal
            theta = theta - value / (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2))
        t2 = theta * theta
        t6 = t2 * t2 * t2
        slope = a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)
        sine = 2 * np.sin(theta) / np.sqrt(3)
        turn = np.degrees(np.sqrt(3) / 2 * (x / EARTH_KM) * slope / np.cos(theta))
        outside = (np.abs(sine) > 1) | (np.abs(turn) > 180)
        lat = np.degrees(np.arcsin(np.clip(sine, -1, 1)))
        return np.where(outside, np.nan, self.lon + turn), np.where(outside, np.nan, lat)
