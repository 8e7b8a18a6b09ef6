/** Names of countries and towns, placed one by one where nothing else is, weightiest first. */
import { fold } from "./dom.js";
import { inside } from "./geo.js";
import { colour, FONT } from "./theme.js";

/** @typedef {[number, number, number, number]} Box left, top, right, bottom */

/** What is already taken, in coarse cells so that a look-up touches few. */
export class Taken {
  constructor() { /** @type {Map<number, Box[]>} */ this.cells = new Map(); }

  /** @param {Box} box @param {(key: number) => boolean} visit */
  static each(box, visit) {
    for (let i = Math.floor(box[0] / 64); i <= Math.floor(box[2] / 64); i++) {
      for (let j = Math.floor(box[1] / 64); j <= Math.floor(box[3] / 64); j++) if (visit(i * 4096 + j)) return true;
    }
    return false;
  }

  /** @param {Box} box */
  free(box) {
    return !Taken.each(box, (key) => (this.cells.get(key) || []).some((/** @type {Box} */ q) => box[0] < q[2] && box[2] > q[0] && box[1] < q[3] && box[3] > q[1]));
  }

  /** @param {Box} box */
  take(box) {
    Taken.each(box, (key) => {
      const cell = this.cells.get(key);
      if (cell) cell.push(box); else this.cells.set(key, [box]);
      return false;
    });
  }

  /** @param {Box} box */
  claim(box) {
    if (!this.free(box)) return false;
    this.take(box);
    return true;
  }
}

/** @type {Map<string, number>} */
const widths = new Map();
/** @param {CanvasRenderingContext2D} g @param {string} text */
export function widthOf(g, text) {
  const key = g.font + text;
  let width = widths.get(key);
  if (width === undefined) widths.set(key, width = g.measureText(text).width);
  return width;
}

/** @param {CanvasRenderingContext2D} g @param {string} text @param {number} x @param {number} y @param {string} ink */
export function halo(g, text, x, y, ink) {
  g.lineJoin = "round";
  g.strokeStyle = colour("halo"); g.lineWidth = 3.2; g.strokeText(text, x, y);
  g.fillStyle = ink; g.fillText(text, x, y);
}

/**
 * @param {CanvasRenderingContext2D} g @param {import("./geo.js").View & {px: number, py: number}} view
 * @param {import("./basemap.js").Basemap} base @param {{taken: Taken, named: {name: string, x: number, y: number}[], items: import("./marks.js").Item[], countries: Map<string, {x: number, y: number, w: number}>, window: number[]}} marks what they cover and name, and what is seen of the canvas @param {string} language
 */
export function drawLabels(g, view, base, { taken, named, items, countries: badges, window: [left, top, right, bottom] }, language) {
  const { w, h, scale, zoom } = view;
  const shifts = [-1, 0, 1].filter((k) => view.ox < (k + 1) * scale && view.ox + w > k * scale);
  g.textBaseline = "middle"; g.letterSpacing = "0px";
  /** Half a name at the edge is none. @param {Box} box */
  const cut = ([x0, y0, x1, y1]) => x1 > left && y1 > top && x0 < right && y0 < bottom && (x0 < left || y0 < top || x1 > right || y1 > bottom);
  const countries = () => {
    g.textAlign = "center";
    for (const country of base.labels) {
      const badge = badges.get(country.code);
      if (zoom < country.zoom - .6 && !badge) continue;
      const size = Math.max(10.5, Math.min(16, 9.5 + (zoom - country.zoom) * 1.3)), name = country.names[language] || country.names.en, folded = fold(name);
      if (named.some((n) => n.name === folded)) continue;
      for (const shift of shifts) {
        const x = (country.x + shift) * scale - view.ox, y = country.y * scale - view.oy;
        if (x < -60 || y < -20 || x > w + 60 || y > h + 20) continue;
        g.font = `600 ${size}px ${FONT}`;
        g.letterSpacing = /[\u0590-\u08ff]/.test(name) ? "0px" : "1.2px";
        const text = name.toLocaleUpperCase(language), half = widthOf(g, text) / 2 + name.length * .6;
        /** From the country's own place for its name. @type {number[][]} */
        let places = [[0, 0], [0, -24], [0, 24], [0, -46], [0, 46], [-half, 0], [half, 0]].filter(([dx, dy]) => (!dx && !dy) || inside(country.rings, country.x + dx / scale, country.y + dy / scale));
        // A name far wider than its country would be read as its neighbour's, unless events there carry it.
        if (zoom < country.zoom - .6 || (half * 2 > country.width * scale * 1.9 && zoom < country.zoom + 2)) places = [];
        if (badge) for (const [dx, dy] of [[0, 20], [0, -20], [badge.w + half + 6, 0], [-badge.w - half - 6, 0]]) places.push([badge.x - x + dx, badge.y - y + dy]);
        for (const [dx, dy] of places) {
          /** @type {Box} */
          const room = [x + dx - half - 3, y + dy - size / 2 - 2, x + dx + half + 3, y + dy + size / 2 + 2];
          if (cut(room) || !taken.claim(room)) continue;
          halo(g, text, x + dx, y + dy, colour("label-country"));
          break;
        }
      }
    }
  };
  const towns = (/** @type {boolean} */ capitals) => {
    g.letterSpacing = "0px";
    for (const city of base.cities) {
      if (city.zoom > zoom + .35) break;
      if ((city.rank === 2) !== capitals) continue;
      for (const shift of shifts) {
        const x = (city.x + shift) * scale - view.ox, y = city.y * scale - view.oy;
        if (x < -60 || y < -20 || x > w + 60 || y > h + 20) continue;
        // Named already beside its mark, under this or another spelling.
        if (named.some((n) => Math.abs(n.x - x) < 40 && Math.abs(n.y - y) < 40 && (n.name === fold(city.name) || Math.hypot(n.x - x, n.y - y) < 4))) continue;
        const size = capitals ? 12.5 : 11.5;
        g.font = `${capitals ? 600 : 400} ${size}px ${FONT}`;
        const width = widthOf(g, city.name), up = size / 2 + 1;
        // Right, left, above, below; the dot itself may lie under a mark, which stands on the same town.
        /** @type {[CanvasTextAlign, number, number, Box][]} */
        const places = [
          ["left", 6, 0, [x + 4, y - up, x + 8 + width, y + up]],
          ["right", -6, 0, [x - 8 - width, y - up, x - 4, y + up]],
          ["center", 0, -11, [x - width / 2 - 1, y - 11 - up, x + width / 2 + 1, y - 11 + up]],
          ["center", 0, 12, [x - width / 2 - 1, y + 12 - up, x + width / 2 + 1, y + 12 + up]],
          // Farther off only where a mark stands on the town: else the name would be read as another mark's.
          .../** @type {[CanvasTextAlign, number, number, Box][]} */ ((items.some((item) => Math.hypot(item.x - x, item.y - y) < item.r) ? [12, 18] : []).flatMap((far) => [
            ["left", far, 0, [x + far - 2, y - up, x + far + 2 + width, y + up]],
            ["right", -far, 0, [x - far - 2 - width, y - up, x - far + 2, y + up]],
            ["center", 0, far + 6, [x - width / 2 - 1, y + far + 6 - up, x + width / 2 + 1, y + far + 6 + up]],
            ["center", 0, -far - 6, [x - width / 2 - 1, y - far - 6 - up, x + width / 2 + 1, y - far - 6 + up]],
          ])),
        ];
        const found = places.find((place) => !cut(place[3]) && taken.free(place[3]));
        if (!found) continue;
        taken.take(found[3]);
        if (taken.claim([x - 3, y - 3, x + 3, y + 3])) {
          g.fillStyle = colour("label-town");
          g.beginPath();
          if (capitals) g.rect(x - 2.5, y - 2.5, 5, 5); else g.arc(x, y, 2, 0, 7);
          g.fill();
        }
        g.textAlign = found[0];
        halo(g, city.name, x + found[1], y + found[2], colour("label-town"));
      }
    }
  };
  if (zoom < 4.5) { countries(); towns(true); } else { towns(true); countries(); }
  towns(false);
}
