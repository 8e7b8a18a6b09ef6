"""An attacker's tests. ``MAPPER_EXHAUSTIVE=1`` runs every string through everything, which takes many minutes."""

import os

EXHAUSTIVE = bool(os.environ.get("MAPPER_EXHAUSTIVE"))
