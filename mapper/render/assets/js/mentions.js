/** Places without an event: a light dotted outline for an area, a small ring for a point, and their names. */
import { inside, path } from "./geo.js";
import { halo, widthOf } from "./labels.js";
import { colour, FONT, isDark } from "./theme.js";

/** @typedef {import("./marks.js").Marks} Marks */
/** @typedef {import("./marks.js").View} View */

/** Square degrees. A wider area (a continent) is outlined faintly and not filled, else it would drown the rest. */
const WIDE = 450;
const RING = 4.5;

/** Is this mention drawn as an area? @param {any} m */
export const isOutlined = (m) => m.area >= 0 && m.footprint !== "point";

/** Under everything else, the largest first. @param {Marks} marks @param {CanvasRenderingContext2D} g @param {View} view */
export function drawOutlines(marks, g, view) {
  const ink = colour("mentioned"), outlined = marks.mentioned.filter(isOutlined).map((/** @type {any} */ m) => marks.areas[m.area]).sort((/** @type {any} */ a, /** @type {any} */ b) => b.size - a.size);
  // The more there are, the quieter each.
  const many = outlined.length > 5, tint = (isDark() ? .13 : .075) * Math.min(1, 3 / outlined.length);
  g.lineJoin = "round"; g.lineCap = "round"; g.strokeStyle = ink; g.fillStyle = ink;
  for (const area of outlined) {
    const shift = marks.shiftOf(view, area.rings), wide = area.size > WIDE;
    if (!area.line && !wide) {
      path(g, area.rings, view, { closed: true, shift });
      g.globalAlpha = tint; g.fill("evenodd");
    }
    path(g, area.rings, view, { shift, seam: false });
    if (!wide) { g.globalAlpha = 1; g.strokeStyle = colour("halo"); g.lineWidth = 3.6; g.stroke(); g.strokeStyle = ink; }
    g.globalAlpha = wide ? .4 : many ? .65 : .95;
    g.setLineDash([.1, wide ? 5.5 : 4.2]); g.lineWidth = wide ? 1.5 : many ? 1.7 : 2.1; g.stroke(); g.setLineDash([]);
  }
  g.globalAlpha = 1; g.lineCap = "butt";
}

/** Rings and squares where nothing else is, else a step aside on a leader. @param {Marks} marks @param {CanvasRenderingContext2D} g @param {View} view */
export function drawSigns(marks, g, view) {
  const { scale, ox, oy, w, h, px, py } = view, centre = (ox + w / 2) / scale, ink = colour("mentioned"), reach = RING + 1.5;
  const box = (/** @type {number[]} */ p) => /** @type {import("./labels.js").Box} */ ([p[0] - reach, p[1] - reach, p[0] + reach, p[1] + reach]);
  const within = (/** @type {number[]} */ p, /** @type {number} */ x, /** @type {number} */ y) => p[0] > x && p[1] > y && p[0] < w - x && p[1] < h - y;
  marks.mentioned.forEach((/** @type {any} */ m, /** @type {number} */ k) => {
    const anchors = isOutlined(m) ? marks.areas[m.area].anchors : [[m.x, m.y]];
    const places = anchors.map((/** @type {number[]} */ p) => [(p[0] + Math.round(centre - p[0])) * scale - ox, p[1] * scale - oy]).filter((/** @type {number[]} */ p) => within(p, -9, -9));
    if (!places.length) return;
    const free = places.filter((/** @type {number[]} */ p) => marks.taken.free(box(p)));
    let at = free.find((/** @type {number[]} */ p) => within(p, px + 9, py + 9)) || free[0], aside = false;
    for (let step = 0; !at && step < 16; step++) {
      const angle = Math.PI / 4 * (step + .5), far = step < 8 ? 14 : 22, p = [places[0][0] + far * Math.cos(angle), places[0][1] + far * Math.sin(angle)];
      if (marks.taken.free(box(p))) { at = p; aside = true; }
    }
    // So crowded that zooming in is the only way; the list has it all the same.
    if (!at) return;
    marks.taken.take(box(at));
    const [x, y] = at;
    if (aside) {
      g.beginPath(); g.moveTo(x, y); g.lineTo(places[0][0], places[0][1]);
      g.lineWidth = 3; g.strokeStyle = colour("halo"); g.stroke(); g.lineWidth = 1.2; g.strokeStyle = ink; g.stroke();
      g.beginPath(); g.arc(places[0][0], places[0][1], 1.6, 0, 7); g.fillStyle = ink; g.fill();
    }
    g.beginPath();
    if (m.footprint === "point") g.arc(x, y, RING, 0, 7); else g.roundRect(x - RING, y - RING, 2 * RING, 2 * RING, 2);
    g.fillStyle = colour("paper"); g.fill();
    g.lineWidth = 1.8; g.strokeStyle = ink; g.stroke();
    marks.items.push({ kind: "mentioned", x, y, r: 6, w: 6, n: 0, spots: [], types: [], place: k });
  });
}

/** @param {Marks} marks @param {CanvasRenderingContext2D} g */
export function drawMentionNames(marks, g) {
  g.font = `italic 500 11.5px ${FONT}`; g.letterSpacing = "0px"; g.textAlign = "center"; g.textBaseline = "middle";
  for (const item of marks.items) {
    if (item.kind !== "mentioned") continue;
    const m = marks.mentioned[/** @type {number} */ (item.place)];
    if (!m.labelled) marks.label(g, m.shown, item.x, item.y, widthOf(g, m.shown) / 2, 13, 9, colour("mentioned"));
  }
}

/** Mentioned areas over a point of the canvas, smallest first; those without a fill do not catch clicks. @param {Marks} marks @param {number} x @param {number} y in the unit square @returns {import("./marks.js").Item[]} */
export function mentionsAt(marks, x, y) {
  return marks.items.filter((item) => {
    const m = item.kind === "mentioned" ? marks.mentioned[/** @type {number} */ (item.place)] : null;
    return m && isOutlined(m) && !marks.areas[m.area].line && marks.areas[m.area].size <= WIDE && inside(marks.areas[m.area].rings, x, y);
  }).sort((a, b) => marks.areas[marks.mentioned[/** @type {number} */ (a.place)].area].size - marks.areas[marks.mentioned[/** @type {number} */ (b.place)].area].size);
}
