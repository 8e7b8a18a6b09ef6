/** Which marks a view has and where: heaps of points that would overlap become one, plates of areas find room. */
import { inside } from "./geo.js";
import { Taken } from "./labels.js";

/** @typedef {import("./marks.js").Item} Item */
/** @typedef {import("./marks.js").View} View */

const CELL = 58;
/** Steps aside, nearest first: in half plates across, pixels down. */
const ASIDE = [0, 1, -1, 2, -2, 3, -3].flatMap((dx) => [0, -34, 34, -62, 62, -90, 90, -124, 124].map((dy) => [dx, dy])).filter(([dx, dy]) => dx || dy)
  .sort((a, b) => Math.hypot(a[0] * 36, a[1]) - Math.hypot(b[0] * 36, b[1]));

/** Points of the view that lie in the item's area, from the middle outwards. @param {import("./marks.js").Marks} marks @param {Item} item @param {View} view @returns {number[][]} */
function insideView(marks, item, { ox, oy, w, h, px, py, scale }) {
  const area = item.area === undefined || item.area < 0 ? null : marks.areas[item.area], points = [];
  if (!area || area.line) return [];
  for (let i = 1; i < 8; i++) for (let j = 1; j < 6; j++) points.push([px + (w - 2 * px) * i / 8, py + (h - 2 * py) * j / 6]);
  return points.filter(([x, y]) => inside(area.rings, ((x + ox) / scale % 1 + 1) % 1, (y + oy) / scale)).sort((a, b) => Math.hypot(a[0] - w / 2, a[1] - h / 2) - Math.hypot(b[0] - w / 2, b[1] - h / 2));
}

/** @param {number} n */
const ringRadius = (n) => Math.min(24, 10.5 + 1.6 * Math.log2(n));
/** @param {number} n */
export const short = (n) => n < 1000 ? String(n) : (n / 1000).toFixed(n < 9950 ? 1 : 0) + "k";

/** Every mark in this view (and, with `everywhere`, beyond), largest areas first. @param {import("./marks.js").Marks} marks @param {View} view @param {boolean} everywhere @returns {Item[]} */
export function layOut(marks, view, everywhere) {
  const { store, x: xs, y: ys } = marks, { spot } = store.data, types = marks.styles.length, { scale, ox, oy, w, h } = view;
  const centre = (ox + w / 2) / scale;
  /** @param {number} x to the copy of the world nearest to the middle of the view */
  const near = (x) => x + Math.round(centre - x);
  /** @type {Map<string, Item>} */
  const areas = new Map();
  const i0 = Math.floor(ox / CELL) - 1, j0 = Math.floor(oy / CELL) - 1, columns = Math.ceil(w / CELL) + 3, rows = Math.ceil(h / CELL) + 3;
  /** @type {Map<number, {x: number, y: number, n: number, spots: number[]}>} */
  const cells = new Map();
  for (let s = 0; s < store.spots; s++) {
    const n = store.spotCount[s];
    if (!n) continue;
    if (marks.isArea[s]) {
      const key = marks.areaKey(s);
      let item = areas.get(key);
      if (!item) areas.set(key, item = { kind: "area", x: 0, y: 0, r: 12, w: 12, n: 0, spots: [], types: Array(types).fill(0), area: spot.area[s] - 1 });
      item.n += n; item.spots.push(s);
      continue;
    }
    const x = near(xs[s]) * scale, y = ys[s] * scale, i = Math.floor(x / CELL) - i0, j = Math.floor(y / CELL) - j0;
    if (!everywhere && (i < 0 || j < 0 || i >= columns || j >= rows)) continue;
    const key = (j + 1e5) * 4e6 + i + 2e6, cell = cells.get(key);
    if (cell) { cell.x += (x - ox) * n; cell.y += (y - oy) * n; cell.n += n; cell.spots.push(s); }
    else cells.set(key, { x: (x - ox) * n, y: (y - oy) * n, n, spots: [s] });
  }
  const heaps = [...cells.values()].map((c) => ({ x: c.x / c.n, y: c.y / c.n, n: c.n, spots: c.spots }));
  heaps.sort((a, b) => b.n - a.n || a.spots[0] - b.spots[0]);
  // Neighbouring heaps whose signs would overlap become one.
  const merged = [];
  /** @type {Map<number, any[]>} */
  const grid = new Map();
  for (const heap of heaps) {
    const gx = Math.floor(heap.x / 64), gy = Math.floor(heap.y / 64);
    let into = null;
    for (let dx = -1; dx < 2 && !into; dx++) for (let dy = -1; dy < 2 && !into; dy++) {
      for (const other of grid.get((gx + dx) * 65536 + gy + dy) || []) {
        const reach = heap.n + other.n > 2 ? (other.n > 1 ? ringRadius(other.n) : 8) + (heap.n > 1 ? ringRadius(heap.n) : 8) : 15;
        if ((other.x - heap.x) ** 2 + (other.y - heap.y) ** 2 < reach * reach) { into = other; break; }
      }
    }
    if (into) { into.n += heap.n; into.spots = into.spots.concat(heap.spots); continue; }
    merged.push(heap);
    const key = gx * 65536 + gy, list = grid.get(key);
    if (list) list.push(heap); else grid.set(key, [heap]);
  }
  /** @type {Item[]} */
  const items = [];
  for (const heap of merged) {
    const s = heap.spots[0], kind = heap.n === 1 ? "point" : heap.spots.every((o) => xs[o] === xs[s] && ys[o] === ys[s]) ? "spot" : "cluster";
    const r = kind === "point" ? 7.5 : ringRadius(heap.n);
    items.push({ kind, x: heap.x, y: heap.y, r, w: r, n: heap.n, spots: heap.spots, types: marks.mix(heap.spots) });
  }
  marks.taken = new Taken();
  for (const item of items) marks.taken.take([item.x - item.r, item.y - item.r, item.x + item.r, item.y + item.r]);
  // On paper, where nothing is left over at the edges, there are no controls.
  if (view.px) for (const [left, top, right, bottom] of marks.reserved) marks.taken.take([left + view.px, top + view.py, right + view.px, bottom + view.py]);
  const sorted = [...areas.values()].sort((a, b) => marks.size(b) - marks.size(a));
  /** @type {import("./labels.js").Box[]} */
  const plates = [];
  // Small areas have few places for their badge, so they choose first.
  for (const item of [...sorted].reverse()) {
    item.types = marks.mix(item.spots);
    const symbols = Math.min(3, item.types.filter(Boolean).length);
    item.w = (symbols * 15 + 9 + String(short(item.n)).length * 7) / 2;
    const s = item.spots[0], anchors = item.area !== undefined && item.area >= 0 ? marks.areas[item.area].anchors : [];
    const choices = (anchors.length ? anchors : [[xs[s], ys[s]]]).map((/** @type {number[]} */ [x, y]) => [near(x) * scale - ox, y * scale - oy]);
    const box = (/** @type {number[]} */ p) => /** @type {import("./labels.js").Box} */ ([p[0] - item.w - 2, p[1] - 14, p[0] + item.w + 2, p[1] + 14]);
    const visible = (/** @type {number[]} */ p) => p[0] > view.px + item.w + 4 && p[1] > view.py + 16 && p[0] < w - view.px - item.w - 4 && p[1] < h - view.py - 16;
    const tip = (/** @type {number[]} */ p) => /** @type {import("./labels.js").Box} */ ([p[0] - 4, p[1] - 4, p[0] + 4, p[1] + 4]);
    // The reader has moved in so far that none of these is in sight: any other place inside will do.
    if (!everywhere && !choices.some(visible)) choices.unshift(...insideView(marks, item, view));
    // Where no place inside is free, the plate stands beside, on a leader to its place: as near as there is room.
    const aside = ASIDE.map(([dx, dy]) => [choices[0][0] + dx * (item.w + 16), choices[0][1] + dy]);
    /** Its nearest place, and whether the way there crosses no other plate. @param {number[]} p */
    const lead = (p) => {
      const nearest = [...choices].sort((a, b) => Math.hypot(a[0] - p[0], a[1] - p[1]) - Math.hypot(b[0] - p[0], b[1] - p[1])), end = nearest.find((one) => marks.taken.free(tip(one))) || nearest[0];
      const way = [...Array(12)].map((_, k) => [0, 1].map((axis) => p[axis] + (end[axis] - p[axis]) * k / 12));
      return { end, way, clear: !plates.some(([x0, y0, x1, y1]) => way.some(([x, y]) => x > x0 && x < x1 && y > y0 && y < y1)) };
    };
    const best = choices.find((/** @type {number[]} */ p) => visible(p) && marks.taken.free(box(p))) || choices.find((/** @type {number[]} */ p) => marks.taken.free(box(p))) || aside.find((p) => visible(p) && marks.taken.free(box(p)) && lead(p).clear) || aside.find((p) => visible(p) && marks.taken.free(box(p))) || aside.find((p) => marks.taken.free(box(p))) || choices[0];
    item.x = best[0]; item.y = best[1];
    item.leader = undefined;
    if (!choices.includes(best)) {
      const { end, way } = lead(best);
      item.leader = end;
      for (const p of [...way, end]) marks.taken.take(tip(p));
    }
    plates.push(box(best));
    marks.taken.take(box(best));
  }
  return [...sorted, ...items];
}
