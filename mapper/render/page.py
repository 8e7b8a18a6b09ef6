"""The map page: a folium map for a notebook and for the user's own layers, written as one self-contained file.

folium builds its part from trusted pieces only. Whatever comes from articles (or is given as title and subtitle) goes
in afterwards, by string joining: packed into inert data blocks, or escaped for the list that stands in for the map
where JavaScript is off. branca compiles what it renders as templates, so no such text may ever reach it.
"""

from __future__ import annotations

import html as html_module
import json
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import folium
from branca.element import CssLink, Figure, JavascriptLink

from gazetteer.claims import claims
from gazetteer.worldview import DEFAULT
from mapper.files import write_text
from mapper.model import EventMap, MappedEvent
from mapper.render import about, basemap, bundle, columns, csp, data, embedding, marking, noscript, vendor
from mapper.render.tiles import Tiles
from mapper.render.words import Words, words

# What a user's own layers may call on, by a word in their script, and the folium assets that define it.
_ON_DEMAND = {
    "$(": ("jquery",),
    "bindPopup": ("jquery",),
    "AwesomeMarkers": (
        "jquery",
        "bootstrap",
        "bootstrap_css",
        "glyphicons_css",
        "awesome_markers",
        "awesome_markers_font_css",
        "awesome_markers_css",
        "awesome_rotate_css",
    ),
}


def build(
    event_map: EventMap,
    *,
    title: str,
    subtitle: str | None = None,
    as_of: str | None = None,
    accuracy: about.Accuracy | None = None,
    tlp: str | None = None,
    embed: bool = False,
    language: str | None = None,
    tiles: Tiles | None = None,
    worldview: str = DEFAULT,
) -> EventMapPage:
    """A page that shows the event map.

    ``title`` and ``subtitle`` are plain text. ``as_of`` (an ISO date) is the day that the map speaks for; there is no
    clock in the page. ``accuracy``: what the method scored where it was measured, for "About this map". ``tlp``: a
    Traffic Light Protocol label, shown at the head. ``embed``: without panels, for a frame in another page.
    ``language``: "en", "fr" or "ar", of the interface and the names on the map; None: English, and names on the map in
    the language of the reader's browser. ``tiles``: a background that the reader may switch on, which then asks its
    server for pictures; without it the page asks nobody for anything. ``worldview``: how disputed areas are described
    (see :mod:`gazetteer.worldview`). The result takes folium layers (``layer.add_to(page)``) until it is saved. Raises
    ``ValueError`` for an unknown label or language, :class:`gazetteer.worldview.WorldviewError` for such a worldview.
    """
    return EventMapPage(
        event_map, title=title, subtitle=subtitle, as_of=as_of, accuracy=accuracy, tlp=tlp, embed=embed,
        language=language, tiles=tiles, worldview=worldview,
    )  # fmt: skip


class _PageFigure(Figure):
    """The root of the element tree: renders the whole page instead of folium's document."""

    page: EventMapPage

    def render(self, **_: Any) -> str:
        return self.page.to_html()


class EventMapPage(folium.Map):
    """A folium map that carries an event map. Add only layers you trust: folium runs what is in them."""

    def __init__(
        self,
        event_map: EventMap,
        *,
        title: str,
        subtitle: str | None = None,
        as_of: str | None = None,
        accuracy: about.Accuracy | None = None,
        tlp: str | None = None,
        embed: bool = False,
        language: str | None = None,
        tiles: Tiles | None = None,
        worldview: str = DEFAULT,
    ) -> None:
        super().__init__(
            tiles=None,
            location=[12, 5],
            zoom_start=3,
            max_zoom=16,
            min_zoom=1,
            zoom_snap=0.25,
            zoom_delta=1,
            wheel_px_per_zoom_level=90,
            world_copy_jump=True,
            fade_animation=False,
        )
        self._id = "events"
        self.options["max_zoom"] = 16
        self.options["min_zoom"] = 1
        self._defaults = {name: url for name, url in [*self.default_js, *self.default_css] if name != "leaflet"}
        # On the instance: the class's lists are shared by all maps.
        self.default_js = []
        self.default_css = []
        root = _PageFigure()
        root.page = self
        root.title = None
        self._parent: Any = None
        root.add_child(self, name=self.get_name())
        self._event_map = event_map
        self._title = title
        self._subtitle = subtitle
        self._as_of = as_of
        self._accuracy = accuracy
        self._tlp = marking.label(tlp)
        self._embed = embed
        self._words = words(language or "en")
        self._labels = language
        self._tiles = tiles
        claims(worldview)  # Raises for one that there is not.
        self._worldview = worldview

    def save(self, outfile: str | os.PathLike[str], **_: Any) -> None:  # type: ignore[override]
        """Write the page: UTF-8, LF line ends, whole or not at all; missing parent folders are made.

        Raises :class:`mapper.errors.OutputError` where the file cannot be written.
        """
        write_text(Path(outfile), self.to_html())

    def _repr_html_(self, **_: Any) -> str:
        """For notebooks: the page in a frame that may run its script and nothing else of the notebook's."""
        page = html_module.escape(self.to_html(), quote=True)
        return (
            f'<iframe srcdoc="{page}" width="100%" height="640" style="border:1px solid #ccc" '
            f'sandbox="{embedding.SANDBOX}"></iframe>'
        )

    def to_html(self) -> str:
        """The whole page as text; the same page for the same input."""
        trusted = self._trusted()
        credit_lines = about.attribution(self._event_map, self._words)
        tally, listing = about.Tally(), noscript.Listing()
        drawn = {(m.place.name, m.place.lon, m.place.lat) for m in self._event_map.mentioned}

        def take(event: MappedEvent) -> None:
            tally.add(event)
            listing.add(event)
            if self._labels and event.location:
                drawn.add((event.location.name, event.location.lon, event.location.lat))

        blocks = data.build(
            self._event_map,
            title=self._title,
            subtitle=self._subtitle,
            as_of=self._as_of,
            credits_=credit_lines,
            also=take,
        )
        packed_words = columns.packed(self._settings())
        box = basemap.surroundings(blocks.points)
        packed_base = columns.packed(basemap.block(box, blocks.places, self._labels, self._worldview, drawn))
        static_style = ".em-head .tools,.em-side,.em-map,.em-time,.em-legend{display:none!important}body{display:block}"
        styles = [
            vendor.leaflet_style(pictures=trusted.added),
            *csp.inline_styles(trusted.head),
            bundle.style(),
            static_style,
        ]
        scripts = [vendor.leaflet_script(), *csp.inline_scripts(trusted.head), trusted.script, bundle.script()]
        if trusted.added:
            scripts.insert(1, vendor.marker_icons())
        policy = csp.policy(
            scripts,
            styles,
            origins=trusted.origins,
            added=trusted.added,
            images=self._tiles.origins if self._tiles else (),
        )
        head = [
            "<!DOCTYPE html>",
            f'<html lang="{self._words.language}" dir="{self._words.direction}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="generator" content="geospatial-event-mapper">',
            f"<title>{noscript.text(self._title)}</title>",
            f"<style>{styles[0]}</style>",
            *([f"<script>{scripts[0]}</script>"]),
            *([f"<script>{scripts[1]}</script>"] if trusted.added else []),
            trusted.head,
            f"<style>{bundle.style()}</style>",
            f"<noscript><style>{static_style}</style></noscript>",
            "</head>",
        ]
        body = [
            "<body>",
            _shell(
                title=self._title,
                subtitle=self._subtitle,
                description=about.describe(
                    self._event_map,
                    self._words,
                    as_of=self._as_of,
                    accuracy=self._accuracy,
                    tiles=self._tiles,
                    claims=claims(self._worldview, box) if box else (),
                    tally=tally,
                ),
                map_markup=trusted.body,
                words=self._words,
                tlp=self._tlp,
            ),
            *([trusted.notice] if trusted.notice else []),
            *([self._headlines_only()] if blocks.headlines_only else []),
            f'<noscript><div class="em-static">\n{listing.markup(self._event_map.mentioned, self._words)}',
            f"<p>{noscript.text(' · '.join(credit_lines))}</p></div></noscript>",
            f'<script type="text/plain" id="em-data">{blocks.data}</script>',
            f'<script type="text/plain" id="em-base">{packed_base}</script>',
            f'<script type="text/plain" id="em-words">{packed_words}</script>',
            f"<script>{trusted.script}</script>",
            f"<script>{bundle.script()}</script>",
            # After the script: the first picture does not wait for megabytes of text to be parsed.
            f'<script type="text/plain" id="em-text">{blocks.texts}</script>',
            "</body>",
            "</html>",
            "",
        ]
        whole = "\n".join([*head, *body]).replace("\r\n", "\n").replace("\r", "\n")
        return embedding.reduced(whole) if self._embed else whole

    def _headlines_only(self) -> str:
        return f'<p class="notice" role="note">{noscript.text(self._words.say("headlines"))}</p>'

    def _settings(self) -> bytes:
        """What the script needs besides the data: its words, and where tiles come from."""
        settings = {
            "language": self._words.language,
            "labels": self._labels,
            "words": self._words.page,
            "tiles": self._tiles.settings() if self._tiles else None,
        }
        return json.dumps(settings, ensure_ascii=False, separators=(",", ":")).encode("utf-8")

    # ---- folium's part

    def _trusted(self) -> _Trusted:
        """Render folium's elements and sort them into head, body and script."""
        root = self._parent
        for part in (root.header, root.html, root.script):
            part._children.clear()
        for child in list(root._children.values()):
            child.render()
        markup = root.script.render()
        wanted = list(dict.fromkeys(name for word, names in _ON_DEMAND.items() if word in markup for name in names))
        head, origins = [], []
        links = [self._defaults[name] for name in wanted if name in self._defaults]
        for element in root.header._children.values():
            if isinstance(element, (JavascriptLink, CssLink)):
                links.append(element.url)
            else:
                head.append(_tidy(element.render()))
        tags = []
        for url in links:
            parts = urlsplit(url)
            origins.append(f"{parts.scheme}://{parts.netloc}")
            safe = html_module.escape(url, quote=True)
            tags.append(
                f'<link rel="stylesheet" href="{safe}">'
                if parts.path.endswith(".css")
                else f'<script src="{safe}"></script>'
            )
        added = len(self._children) > 0
        return _Trusted(
            head="\n".join([*tags, *head]),
            body=root.html.render().strip(),
            script=f"\n{markup.strip()}\n",
            added=added,
            origins=origins,
            words=self._words,
        )


class _Trusted:
    """folium's part of the page, rendered."""

    def __init__(self, *, head: str, body: str, script: str, added: bool, origins: list[str], words: Words) -> None:
        self.head = head
        self.body = body
        self.script = script
        self.added = added
        self.origins = list(dict.fromkeys(origins))
        hosts = sorted({urlsplit(url).netloc for url in re.findall(r"https?://[^\s\"'<>`\\{]+", script + head)} - {""})
        self.notice = ""
        if added:
            told = [words.say("added"), *([words.say("added.hosts", hosts=", ".join(hosts))] if hosts else [])]
            self.notice = f'<p class="notice" role="note">{noscript.text(" ".join(told))}</p>'


def _tidy(markup: str) -> str:
    """Drop folium's metas that ours replace: its viewport forbids zooming."""
    return re.sub(r"<meta[^>]*>", "", markup).replace("\r\n", "\n").strip()


def _shell(
    *, title: str, subtitle: str | None, description: str, map_markup: str, tlp: str | None, words: Words
) -> str:
    """The page's frame. Each placeholder is cut apart first, so that no value is searched for placeholders."""
    text = (bundle.ASSETS / "shell.html").read_text(encoding="utf-8")
    values = {key: noscript.text(value) for key, value in words.shell.items()}
    values |= {
        "title": noscript.text(title),
        "subtitle": noscript.text(subtitle or ""),
        "map": map_markup,
        "description": description,
        "tlp": f'<p class="em-tlp" data-tlp="{tlp.removeprefix("TLP:")}">{tlp}</p>' if tlp else "",
    }
    return "".join(
        values.get(part[1:-1], part) if part.startswith("{") else part for part in re.split(r"(\{[\w.]+\})", text)
    )
