"""The key modules: where a fault would let hostile text through, lose an article, or put an event in a wrong place.

Each is to be executed by tests to the last branch, and at least nine of ten small faults put into it are to be found.
Beside each, the tests that are run against its faults: its own, which take seconds.
"""

from __future__ import annotations

Modules = dict[str, tuple[str, ...]]

CLEANING: Modules = {
    "mapper.articles.clean": ("tests/articles/test_clean.py",),
    "mapper.articles.decode": ("tests/articles/test_bytes_to_text.py", "tests/articles/test_language_and_charset.py"),
    "mapper.articles.html": (
        "tests/articles/test_pages_to_the_letter.py",
        "tests/articles/test_html.py",
        "tests/articles/test_shown_words.py",
        "tests/articles/test_page_edges.py",
        "tests/articles/test_pruned_pages.py",
    ),
    "mapper.articles.segments": (
        "tests/articles/test_segments_limits.py",
        "tests/articles/test_segments_pieces.py",
        "tests/articles/test_segments.py",
    ),
    "mapper.articles.tags": ("tests/articles/test_shown_words.py",),
    "mapper.articles.xml": ("tests/articles/test_xml_guard.py",),
}
"""What is taken off a text, or taken for its charset, before anything reads it."""

_PIECES = ("tests/events/test_linking_pieces.py",)
LINKING: Modules = {
    "mapper.events.away": ("tests/events/test_away_by_hand.py", "tests/events/test_away.py"),
    "mapper.events.blocking": _PIECES,
    "mapper.events.inherit": ("tests/events/test_inherited.py",),
    "mapper.events.linkage": _PIECES,
    "mapper.events.linking": _PIECES,
    "mapper.events.locate": (
        "tests/events/test_located.py",
        "tests/events/test_located_in_lists.py",
        "tests/events/test_placing_lists.py",
        *_PIECES,
    ),
    "mapper.events.placing_features": ("tests/events/test_placing_features.py", *_PIECES),
    "mapper.events.placing_lists": ("tests/events/test_placing_lists.py",),
    "mapper.events.placing_merged": ("tests/events/test_placing_merged.py",),
    "mapper.events.placing_rules": ("tests/events/test_placing_rules.py",),
    "mapper.events.placing_scope": ("tests/events/test_placing_features.py", "tests/events/test_placing_scope.py"),
    "mapper.events.placing_tellers": ("tests/events/test_placing_tellers.py",),
    "mapper.events.visits": _PIECES,
}
"""Which place an event is linked to, and which reports are linked as one event."""

ESCAPING: Modules = {
    "mapper.console": ("tests/test_console.py",),
    "mapper.export.cells": ("tests/export/test_escapes.py", "tests/export/test_cells.py"),
    "mapper.export.csv_file": ("tests/export/test_escapes.py", "tests/export/test_cells.py"),
    "mapper.export.kml": ("tests/export/test_escapes.py", "tests/export/test_kml.py"),
    "mapper.export.rows": ("tests/export/test_escapes.py", "tests/export/test_rows.py"),
    "mapper.export.xlsx": ("tests/export/test_escapes.py",),
    "mapper.render.columns": ("tests/render/test_packing.py", "tests/render/test_data.py"),
    "mapper.render.csp": ("tests/render/test_policy_rules.py", "tests/render/test_guards.py"),
    "mapper.render.embedding": ("tests/render/test_frame.py",),
    "mapper.render.noscript": ("tests/render/test_listing.py", "tests/render/test_guards.py"),
    "mapper.render.tiles": ("tests/render/test_tile_address.py",),
}
"""How text goes out so that it stays text: in cells, markup, data blocks, links, on a terminal."""

STORING: Modules = {
    "mapper.codec": ("tests/test_codec.py", "tests/test_codec_values.py"),
    "mapper.dask.storage": ("tests/test_dask_storage.py",),
    "mapper.export.manifest": ("tests/export/test_manifest.py",),
    "mapper.files": ("tests/test_file_placing.py", "tests/test_files.py"),
    "mapper.store": ("tests/test_store_details.py",),
    "mapper.store_schema": ("tests/test_store_details.py",),
}
"""What is written, kept and read back."""

KEY: dict[str, Modules] = {"cleaning": CLEANING, "linking": LINKING, "escaping": ESCAPING, "storing": STORING}
TESTS: Modules = {module: tests for kind in KEY.values() for module, tests in kind.items()}
