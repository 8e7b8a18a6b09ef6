/** The map as a picture to save: title, map, key and credits, drawn on a canvas (PNG) or on a recorder (SVG). */
import { isRtl } from "./strings.js";
import { SvgContext } from "./svg.js";
import { colour, FONT } from "./theme.js";
import { drawSymbol, typeStyle } from "./types.js";

/** @typedef {{layers: {view: any, drawn: (g: any, view: any) => void}[], title: string, subtitle: string, credits: string}} Sheet */

const HEAD = 54, LINE = 22;

/** Where the key's entries stand. @param {any} g @param {import("./store.js").Store} store @param {number} width */
function keyOf(g, store, width) {
  const { meta } = store.data;
  const used = meta.types.map((/** @type {string} */ code, /** @type {number} */ type) => [typeStyle(code), store.types[type] ? store.typeCounts[type] : 0]).filter((/** @type {any[]} */ p) => p[1]);
  g.font = `13px ${FONT}`;
  let x = 14, lines = 1;
  const entries = used.map((/** @type {any[]} */ [style, n]) => {
    const text = `${style.label} ${n}`, wide = g.measureText(text).width + 40;
    if (x + wide > width) { x = 14; lines++; }
    const entry = { style, text, x, line: lines };
    x += wide;
    return entry;
  });
  return { entries, lines };
}

/** @param {any} g @param {{x: number, y: number}} size of the map @param {ReturnType<typeof keyOf>} key @param {Sheet} sheet */
function paint(g, size, { entries, lines }, { layers, title, subtitle, credits }) {
  const rtl = isRtl(), at = (/** @type {number} */ x) => rtl ? size.x - x : x, foot = 26 + lines * LINE, high = HEAD + size.y + foot;
  const write = (/** @type {string} */ text, /** @type {number} */ y, /** @type {string} */ font, /** @type {string} */ ink) => {
    g.font = `${font} ${FONT}`; g.fillStyle = colour(ink); g.textAlign = rtl ? "right" : "left"; g.textBaseline = "alphabetic";
    g.fillText(text, at(14), y, size.x - 28);
  };
  g.fillStyle = colour("paper"); g.fillRect(0, 0, size.x, high);
  write(title, 25, "700 19px", "ink");
  write(subtitle, 44, "13px", "mute");
  g.save();
  g.beginPath(); g.rect(0, HEAD, size.x, size.y); g.clip();
  g.translate(0, HEAD);
  g.fillStyle = colour("sea"); g.fillRect(0, 0, size.x, size.y);
  for (const layer of layers) { g.save(); g.translate(-layer.view.px, -layer.view.py); layer.drawn(g, layer.view); g.restore(); }
  g.restore();
  for (const { style, text, x, line } of entries) {
    const y = HEAD + size.y + line * LINE - 6;
    drawSymbol(g, style, at(x + 7), y, 5.6, { paper: colour("paper") });
    g.fillStyle = colour("ink"); g.textAlign = rtl ? "right" : "left"; g.textBaseline = "middle"; g.font = `13px ${FONT}`;
    g.fillText(text, at(x + 19), y + .5);
  }
  write(credits, high - 7, "11px", "mute");
}

/** @param {any} map @param {import("./store.js").Store} store @param {Sheet} sheet */
function measured(map, store, sheet) {
  const size = map.getSize(), key = keyOf(document.createElement("canvas").getContext("2d"), store, size.x);
  return { size, high: HEAD + size.y + 26 + key.lines * LINE, draw: (/** @type {any} */ g) => paint(g, size, key, sheet) };
}

/** @param {any} map @param {import("./store.js").Store} store @param {Sheet} sheet */
export function picture(map, store, sheet) {
  const { size, high, draw } = measured(map, store, sheet), factor = 2, canvas = document.createElement("canvas");
  canvas.width = size.x * factor; canvas.height = high * factor;
  const g = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  g.direction = isRtl() ? "rtl" : "ltr";
  g.scale(factor, factor);
  draw(g);
  return canvas;
}

/** @param {any} map @param {import("./store.js").Store} store @param {Sheet} sheet @returns {string} */
export function drawing(map, store, sheet) {
  const { size, high, draw } = measured(map, store, sheet), g = new SvgContext(size.x, high, sheet.title, isRtl());
  draw(g);
  return g.toString();
}
