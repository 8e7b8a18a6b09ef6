"""Geoparsing: place names recognised in text, and each resolved to a place of the gazetteer."""

from mapper.geoparse.parser import Geoparser

__all__ = ["Geoparser"]
