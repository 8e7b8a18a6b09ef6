"""Articles in: every format read into the same :class:`mapper.model.Article`, cleaned at the door, refused by name."""

from mapper.articles.limits import Limits
from mapper.articles.read import read

__all__ = ["Limits", "read"]
