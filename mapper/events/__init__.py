"""Events: who did what to whom, where and when, and which tellings are of the same event."""

from __future__ import annotations

from mapper.events.coder import EventCoder

__all__ = ["EventCoder"]
