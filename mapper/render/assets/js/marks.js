/** Where events are drawn: points at points, areas as areas with a count at a place inside, crowds as rings. */
import { inside, path, ring, worldX, worldY } from "./geo.js";
import { fold } from "./dom.js";
import { halo, Taken, widthOf } from "./labels.js";
import { layOut, short } from "./layout.js";
import { drawMentionNames, drawOutlines, drawSigns, mentionsAt } from "./mentions.js";
import { colour, FONT, isDark } from "./theme.js";
import { drawSymbol, typeStyle } from "./types.js";

/** @typedef {import("./geo.js").View & {px: number, py: number}} View */
/**
 * @typedef {object} Item something to see and to click
 * @property {"point"|"spot"|"cluster"|"area"|"mentioned"} kind a spot is one place with several events, a cluster several places
 * @property {number} x @property {number} y @property {number} r @property {number} w half width of the clickable box
 * @property {number} n events @property {number[]} spots @property {number[]} types count by type
 * @property {number} [area] @property {number} [place] of a mention @property {number[]} [leader] the place that a plate put aside belongs to
 */

/** Up to so many events, one among them that is only planned is told by a clock on their mark. */
const FEW = 12;

/** A type's colour as an outline: on dark ground halfway to white. @param {string} hex */
const onGround = (hex) => isDark() ? "#" + [1, 3, 5].map((k) => Math.round(parseInt(hex.slice(k, k + 2), 16) * .6 + 102).toString(16).padStart(2, "0")).join("") : hex;

/** Numbers as in an index: "1, 4–6", cut off where they grow long. @param {number[]} found @param {number} most characters */
export function runs(found, most) {
  const sorted = [...found].sort((a, b) => a - b), parts = [];
  for (let k = 0; k < sorted.length;) {
    let end = k;
    while (sorted[end + 1] === sorted[end] + 1) end++;
    parts.push(end > k + 1 ? `${sorted[k]}–${sorted[end]}` : sorted.slice(k, end + 1).join(", "));
    k = end + 1;
  }
  let text = "";
  for (const part of parts) {
    if (text && text.length + part.length + 2 > most) return text + " …";
    text += (text ? ", " : "") + part;
  }
  return text;
}

export class Marks {
  /** @param {import("./store.js").Store} store */
  constructor(store) {
    const { meta, spot } = store.data;
    this.store = store;
    this.styles = meta.types.map(typeStyle);
    this.areas = meta.areas.map((/** @type {any} */ area) => ({
      line: area.line, size: area.size, rings: area.rings.map((/** @type {number[]} */ r) => ring(r, 1000)),
      anchors: area.anchors.map((/** @type {number[]} */ a) => [worldX(a[0] / 1000), worldY(a[1] / 1000)]),
    }));
    const total = store.spots;
    this.x = new Float64Array(total); this.y = new Float64Array(total);
    for (let s = 0; s < total; s++) { this.x[s] = worldX(spot.lon[s] / 1e5); this.y[s] = worldY(spot.lat[s] / 1e5); }
    const point = meta.enums.footprint.indexOf("point");
    this.isArea = Uint8Array.from(spot.footprint || [], (f) => +(f !== point));
    this.mentioned = meta.mentioned.map((/** @type {any} */ m) => ({ ...m, x: worldX(m.lon), y: worldY(m.lat) }));
    /** @type {Item[]} */
    this.items = [];
    this.taken = new Taken();
    /** What buttons, key and credits cover of the map, from its corner: left, top, right, bottom. @type {number[][]} */
    this.reserved = [];
    /** Left, top, right and bottom of what is seen of the canvas. */
    this.window = [0, 0, 0, 0];
    /** @type {Map<number, number>|null} by event: its number in the printed table */
    this.numbers = null;
    /** @type {{name: string, x: number, y: number}[]} names written beside signs, folded: the base map need not repeat them */
    this.named = [];
    /** @type {Map<string, Item>} badges of whole countries, by code: the base map writes the name, beside the badge where it must */
    this.countries = new Map();
    /** @type {(() => void)[]} names that have found room, to be written over everything else */
    this.writing = [];
    /** @type {Map<string, CanvasPattern>} */
    this.hatches = new Map();
  }

  /** @param {number} s spot @returns {string} events in the same area share a badge */
  areaKey(s) {
    const area = this.store.data.spot.area[s];
    return area ? "a" + area : "s" + s;
  }

  /** Every mark in this view (and, with `everywhere`, beyond), largest areas first. @param {View} view @param {boolean} [everywhere] @returns {Item[]} */
  layout(view, everywhere = false) {
    return layOut(this, view, everywhere);
  }

  /** @param {Item} item */
  size(item) {
    return item.area !== undefined && item.area >= 0 ? this.areas[item.area].size : 0;
  }

  /** @param {number[]} spots */
  mix(spots) {
    const types = this.styles.length, out = Array(types).fill(0);
    for (const s of spots) for (let t = 0; t < types; t++) out[t] += this.store.spotTypes[s * types + t];
    return out;
  }

  /** @param {CanvasRenderingContext2D} g @param {View} view */
  draw(g, view) {
    const { store } = this;
    this.items = this.layout(view);
    this.window = [view.px, view.py, view.w - view.px, view.h - view.py];
    this.named = [];
    this.countries.clear();
    if (store.showMentioned) drawOutlines(this, g, view);
    for (const item of this.items) if (item.kind === "area") this.drawArea(g, view, item);
    // Room goes to the events' names first, then to what is only mentioned.
    this.drawNames(g);
    for (const item of this.items) if (item.kind === "area") this.drawAreaName(g, item);
    if (store.showMentioned) drawSigns(this, g, view);
    for (const item of this.items) if (item.kind === "point" || item.kind === "spot") this.drawNear(g, view, item);
    for (const item of this.items) this.drawLeader(g, item);
    for (const item of this.items) {
      if (item.kind === "point") this.drawPoint(g, item);
      else if (item.kind !== "area" && item.kind !== "mentioned") this.drawRing(g, item);
    }
    for (const item of this.items) if (item.kind === "area") this.drawBadge(g, item);
    if (store.showMentioned) drawMentionNames(this, g);
    for (const write of this.writing.splice(0)) write();
    this.drawSelected(g, view);
  }

  /** @param {Item} item */
  ink(item) {
    const used = item.types.flatMap((n, t) => n ? [t] : []);
    return used.length === 1 ? onGround(this.styles[used[0]].colour) : colour("area");
  }

  /** Diagonal lines that stay on the ground while the map pans. @param {CanvasRenderingContext2D} g @param {string} ink @param {View} view @param {boolean} steep */
  hatch(g, ink, view, steep) {
    if ("hatchOf" in g) return /** @type {any} */ (g).hatchOf(ink, -view.ox % 9, -view.oy % 9, steep);
    const density = devicePixelRatio || 1, key = ink + density + steep;
    let pattern = this.hatches.get(key);
    if (!pattern) {
      const side = 9, tile = document.createElement("canvas");
      tile.width = tile.height = Math.round(side * density);
      const t = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d")), e = tile.width;
      t.strokeStyle = ink; t.lineWidth = 1.1 * density;
      t.beginPath();
      for (const k of [-1, 0, 1]) {
        if (steep) { t.moveTo(k * e - 2, -2); t.lineTo((k + 1) * e + 2, e + 2); } else { t.moveTo(k * e - 2, e + 2); t.lineTo((k + 1) * e + 2, -2); }
      }
      t.stroke();
      pattern = /** @type {CanvasPattern} */ (g.createPattern(tile, "repeat"));
      this.hatches.set(key, pattern);
    }
    pattern.setTransform(new DOMMatrix([1 / density, 0, 0, 1 / density, -view.ox % 9, -view.oy % 9]));
    return pattern;
  }

  /** @param {View} view @param {import("./geo.js").Ring[]} rings the copy of the world that the area is drawn in */
  shiftOf(view, rings) {
    let x0 = Infinity, x1 = -Infinity;
    for (const r of rings) { x0 = Math.min(x0, r.x0); x1 = Math.max(x1, r.x1); }
    return Math.round((view.ox + view.w / 2) / view.scale - (x0 + x1) / 2);
  }

  /** @param {CanvasRenderingContext2D} g @param {View} view @param {Item} item */
  drawArea(g, view, item) {
    if (item.area === undefined || item.area < 0) return;
    const area = this.areas[item.area], shift = this.shiftOf(view, area.rings), ink = this.ink(item), selected = this.selectedArea() === item.area;
    g.lineJoin = "round";
    if (area.line) {
      path(g, area.rings, view, { shift });
      g.strokeStyle = ink; g.globalAlpha = .3; g.lineWidth = 7; g.stroke();
      g.globalAlpha = 1; g.lineWidth = 1.6; g.stroke();
      return;
    }
    path(g, area.rings, view, { closed: true, shift });
    g.fillStyle = ink; g.globalAlpha = (isDark() ? .16 : .07) + (selected ? .1 : 0); g.fill("evenodd");
    const wide = area.size > 60;
    g.globalAlpha = isDark() ? .45 : .24; g.fillStyle = this.hatch(g, ink, view, wide); g.fill("evenodd");
    g.globalAlpha = 1;
    path(g, area.rings, view, { shift, seam: false });
    g.strokeStyle = colour("halo"); g.lineWidth = 3.5; g.stroke();
    g.setLineDash(wide ? [9, 4] : [5, 3]);
    g.strokeStyle = ink; g.lineWidth = selected ? 3 : 1.9; g.stroke();
    g.setLineDash([]);
  }

  /** @param {CanvasRenderingContext2D} g @param {View} view @param {Item} item the ring of uncertainty of "near" */
  drawNear(g, view, item) {
    const { spot } = this.store.data;
    for (const s of item.spots) {
      if (!spot.radius[s]) continue;
      const r = spot.radius[s] * 100 / (40075016 * Math.cos(spot.lat[s] / 1e5 * Math.PI / 180)) * view.scale;
      const ink = this.ink(item);
      g.beginPath(); g.arc(item.x, item.y, Math.max(r, 12), 0, 7);
      g.globalAlpha = .09; g.fillStyle = ink; g.fill(); g.globalAlpha = 1;
      g.setLineDash([4, 3]); g.lineWidth = 1.5; g.strokeStyle = ink; g.stroke(); g.setLineDash([]);
    }
  }

  /** @param {CanvasRenderingContext2D} g @param {Item} item */
  drawPoint(g, item) {
    const s = item.spots[0];
    drawSymbol(g, this.styles[item.types.findIndex(Boolean)], item.x, item.y, 7, { hollow: this.store.spotInferred[s] > 0, paper: colour("edge") });
    if (this.isPlanned(item)) this.flag(g, item.x + 7, item.y - 7);
    this.changed(g, item, item.x - 7, item.y - 7);
  }

  /** Is what the mark stands for planned: all of it, or some of few in one place? @param {Item} item */
  isPlanned(item) {
    let planned = 0;
    for (const s of item.spots) planned += this.store.spotPlanned[s];
    return planned === item.n || (planned > 0 && item.kind !== "cluster" && item.n <= FEW);
  }

  /** Planned: a small clock. @param {CanvasRenderingContext2D} g @param {number} x @param {number} y */
  flag(g, x, y) {
    g.beginPath(); g.arc(x, y, 5, 0, 7); g.fillStyle = colour("paper"); g.fill();
    g.lineWidth = 1.4; g.strokeStyle = colour("ink"); g.stroke();
    g.beginPath(); g.moveTo(x, y - 3); g.lineTo(x, y); g.lineTo(x + 2.2, y + 1); g.lineWidth = 1.2; g.stroke();
  }

  /** New or changed since an earlier run: a small plus. @param {CanvasRenderingContext2D} g @param {Item} item @param {number} x @param {number} y */
  changed(g, item, x, y) {
    if (!this.store.data.event.change || !item.spots.some((s) => this.store.spotChanged[s])) return;
    g.beginPath(); g.arc(x, y, 5, 0, 7); g.fillStyle = colour("accent"); g.fill();
    g.lineWidth = 1.2; g.strokeStyle = colour("paper"); g.stroke();
    g.beginPath(); g.moveTo(x - 2.6, y); g.lineTo(x + 2.6, y); g.moveTo(x, y - 2.6); g.lineTo(x, y + 2.6); g.lineWidth = 1.5; g.stroke();
  }

  /** @param {CanvasRenderingContext2D} g @param {Item} item */
  drawRing(g, item) {
    const { x, y, r, n } = item, total = item.types.reduce((a, b) => a + b, 0);
    g.beginPath(); g.arc(x, y, r + 1.5, 0, 7); g.fillStyle = colour("edge"); g.fill();
    let from = -Math.PI / 2;
    item.types.forEach((count, t) => {
      if (!count) return;
      const to = from + count / total * 2 * Math.PI;
      g.beginPath(); g.moveTo(x, y); g.arc(x, y, r, from, to); g.closePath();
      g.fillStyle = this.styles[t].colour; g.fill();
      if (total > count) { g.lineWidth = 1.2; g.strokeStyle = colour("paper"); g.stroke(); }
      from = to;
    });
    g.beginPath(); g.arc(x, y, r - 4.5, 0, 7); g.fillStyle = colour("paper"); g.fill();
    g.fillStyle = colour("ink"); g.textAlign = "center"; g.textBaseline = "middle";
    g.font = `700 ${r > 17 ? 13 : 11.5}px ${FONT}`;
    g.fillText(short(n), x, y + .5);
    if (this.isPlanned(item)) this.flag(g, x + r * .75, y - r * .75);
    this.changed(g, item, x - r * .75, y - r * .75);
  }

  /** From a plate that was put aside to its place. @param {CanvasRenderingContext2D} g @param {Item} item */
  drawLeader(g, item) {
    if (!item.leader) return;
    const ink = this.ink(item), [x, y] = item.leader;
    g.beginPath(); g.moveTo(item.x, item.y); g.lineTo(x, y); g.lineWidth = 3.5; g.strokeStyle = colour("halo"); g.stroke();
    g.lineWidth = 1.4; g.strokeStyle = ink; g.stroke();
    g.beginPath(); g.arc(x, y, 2.5, 0, 7); g.fillStyle = ink; g.fill();
  }

  /** Up to three signs and the count, on a plate. @param {CanvasRenderingContext2D} g @param {Item} item */
  drawBadge(g, item) {
    const { x, y, w } = item, h = 11, ink = this.ink(item);
    g.beginPath(); g.roundRect(x - w, y - h, 2 * w, 2 * h, 5);
    g.fillStyle = colour("paper"); g.fill();
    g.setLineDash(item.area === -1 ? [2, 2] : []);
    g.lineWidth = 1.7; g.strokeStyle = ink; g.stroke(); g.setLineDash([]);
    const inferred = item.spots.some((s) => this.store.spotInferred[s]);
    const top = item.types.map((n, t) => [n, t]).filter(([n]) => n).sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, 3);
    top.forEach(([, t], k) => drawSymbol(g, this.styles[t], x - w + 12 + k * 15, y, 5.2, { hollow: inferred, paper: colour("edge") }));
    g.fillStyle = colour("ink"); g.textAlign = "right"; g.textBaseline = "middle"; g.font = `700 12px ${FONT}`;
    g.fillText(short(item.n), x + w - 6, y + .5);
    if (this.isPlanned(item)) this.flag(g, x + w - 1, y - h + 1);
    this.changed(g, item, x - w + 1, y - h + 1);
  }

  /** The area's name beside its badge; a country's is the base map's to write, unless the badge had to stand aside. @param {CanvasRenderingContext2D} g @param {Item} item */
  drawAreaName(g, item) {
    const { store } = this, { spot, event, meta } = store.data, s = item.spots[0], whole = meta.enums.precision[spot.precision[s]] === "country" && !item.leader, ink = this.ink(item);
    const name = (whole ? "" : store.placeName(s)) + this.numbersOf(item);
    if (whole) this.countries.set(meta.countries[event.country[store.spotFirst[s]] - 1], item);
    g.font = `italic 600 12px ${FONT}`; g.letterSpacing = "0px"; g.textAlign = "center"; g.textBaseline = "middle";
    this.name(g, item, name.trim(), 21, item.w + 5, ink === colour("area") || isDark() ? colour("ink") : ink);
  }

  /** A mark's name with, on paper, its numbers; where there is no room for both, the numbers. @param {CanvasRenderingContext2D} g @param {Item} item @param {string} name @param {number} up @param {number} side @param {string} ink */
  name(g, item, name, up, side, ink) {
    const placed = !name || this.label(g, name, item.x, item.y, widthOf(g, name) / 2, up, side, ink), bare = placed ? "" : this.numbersOf(item).trim();
    if (bare) this.label(g, bare, item.x, item.y, widthOf(g, bare) / 2, up, side, ink);
  }

  /** A name beside a sign, where nothing else is. @param {CanvasRenderingContext2D} g with its font set, centred @param {string} name @param {number} x @param {number} y @param {number} half of the name's width @param {number} up @param {number} side @param {string} ink @returns {boolean} whether there was room */
  label(g, name, x, y, half, up, side, ink) {
    const [left, top, right, bottom] = this.window, box = (/** @type {number[]} */ [dx, dy]) => /** @type {import("./labels.js").Box} */ ([x + dx - half - 2, y + dy - 7, x + dx + half + 2, y + dy + 7]);
    const places = [[0, up], [0, -up], [half + side, 0], [-half - side, 0], [half + side - 4, up - 3], [-half - side + 4, up - 3], [half + side - 4, 3 - up], [-half - side + 4, 3 - up], [-half * .6, -up], [half * .6, -up], [-half * .6, up], [half * .6, up]].filter((place) => this.taken.free(box(place)));
    // What the edge would cut stands better elsewhere, or nowhere: half a name is none.
    const within = (/** @type {number[]} */ place) => { const [x0, y0, x1, y1] = box(place); return x0 > left && y0 > top && x1 < right && y1 < bottom; };
    const beyond = (/** @type {number[]} */ place) => { const [x0, y0, x1, y1] = box(place); return x0 > right || y0 > bottom || x1 < left || y1 < top; };
    const best = places.find(within) || places.find(beyond);
    if (!best) return false;
    this.taken.take(box(best));
    const { font } = g;
    this.writing.push(() => {
      g.font = font; g.letterSpacing = "0px"; g.textAlign = "center"; g.textBaseline = "middle";
      halo(g, name, x + best[0], y + best[1], ink);
    });
    this.named.push({ name: fold(name), x, y });
    return true;
  }

  /** Names of the towns that events stand at, the busiest first. @param {CanvasRenderingContext2D} g */
  drawNames(g) {
    const { spot, meta } = this.store.data;
    g.font = `600 12px ${FONT}`; g.letterSpacing = "0px"; g.textAlign = "center"; g.textBaseline = "middle";
    const items = this.items.filter((item) => item.kind === "point" || item.kind === "spot" || (this.numbers && item.kind === "cluster")).sort((a, b) => b.n - a.n || a.spots[0] - b.spots[0]);
    for (const item of items) {
      const names = new Set(item.spots.map((s) => meta.places[spot.place[s]])), name = (names.size === 1 ? this.store.placeName(item.spots[0]) : "") + this.numbersOf(item);
      this.name(g, item, name, item.r + 10, item.r + 5, colour("ink"));
    }
  }

  /** On paper: the numbers of its events in the table beside the map. @param {Item} item */
  numbersOf(item) {
    const { numbers } = this;
    if (!numbers) return "";
    const found = this.store.eventsOn(new Set(item.spots)).map((i) => numbers.get(i) || 0).filter(Boolean);
    return found.length ? " " + runs(found, 18) : "";
  }

  selectedArea() {
    const { selected, data } = this.store;
    if (selected < 0 || !data.event.spot[selected]) return -2;
    const s = data.event.spot[selected] - 1;
    return this.isArea[s] ? data.spot.area[s] - 1 : -2;
  }

  /** @param {CanvasRenderingContext2D} g @param {View} view */
  drawSelected(g, view) {
    const { selected, mention, data } = this.store, s = selected < 0 ? -1 : data.event.spot[selected] - 1;
    const item = this.items.find((it) => mention >= 0 ? it.kind === "mentioned" && it.place === mention : s >= 0 && it.spots.includes(s));
    if (!item) return;
    g.lineWidth = 3; g.strokeStyle = colour("accent");
    g.beginPath();
    if (item.kind === "area") g.roundRect(item.x - item.w - 4, item.y - 15, 2 * item.w + 8, 30, 8); else g.arc(item.x, item.y, item.r + 5, 0, 7);
    g.stroke();
  }

  /** The sign under a point of the canvas, else the smallest area there. @param {number} x @param {number} y @param {View} view @param {number} [slack] pixels */
  hit(x, y, view, slack = 6) {
    let best = null, least = Infinity;
    for (const item of this.items) {
      const dx = Math.max(0, Math.abs(x - item.x) - item.w), dy = Math.max(0, Math.abs(y - item.y) - (item.kind === "area" ? 11 : item.r));
      const gap = Math.hypot(dx, dy) + (item.kind === "mentioned" ? .5 : 0), middle = Math.hypot(x - item.x, y - item.y) / 1000;
      if (gap <= slack && gap + middle < least) { best = item; least = gap + middle; }
    }
    return best || this.areasAt(x, y, view)[0] || mentionsAt(this, ...this.onGround(x, y, view))[0] || null;
  }

  /** A point of the canvas in the unit square. @param {number} x @param {number} y @param {View} view @returns {[number, number]} */
  onGround(x, y, view) {
    return [((x + view.ox) / view.scale % 1 + 1) % 1, (y + view.oy) / view.scale];
  }

  /** Areas with events over a point of the canvas, smallest first. @param {number} x @param {number} y @param {View} view */
  areasAt(x, y, view) {
    const [wx, wy] = this.onGround(x, y, view);
    return this.items.filter((item) => item.kind === "area" && item.area !== undefined && item.area >= 0 && !this.areas[item.area].line && inside(this.areas[item.area].rings, wx, wy))
      .sort((a, b) => this.size(a) - this.size(b));
  }

  /** What is where, for tests and for the description in words. @param {View} view */
  tally(view) {
    const kept = this.taken, items = this.layout(view, true);
    this.taken = kept;
    const out = { areas: 0, points: 0, unplaced: this.store.unplacedCount, filtered: this.store.shownCount };
    for (const item of items) out[item.kind === "area" ? "areas" : "points"] += item.n;
    return out;
  }
}
