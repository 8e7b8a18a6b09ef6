/** Event types as signs: a colour and an inner detail (by family) with a shape (by type), told apart in grey as well. */
import { say } from "./strings.js";

/** @typedef {{label: string, family: string, colour: string, shape: string}} TypeStyle */

const FAMILIES = { force: "#b0202e", pressure: "#c46a00", protest: "#7a3ea1", cooperation: "#1769aa", politics: "#00776b", harm: "#6d4a1f", other: "#59626d" };

/** What is left white inside the signs of a family (half width and height); the others are whole. @type {Record<string, [number, number]>} */
const DETAILS = { pressure: [.3, .3], other: [.3, .3], cooperation: [.52, .15], politics: [.15, .52] };

/** @type {Record<string, [keyof typeof FAMILIES, string]>} */
const TYPES = {
  ASSAULT: ["force", "circle"],
  MOBILIZE: ["force", "up"],
  COERCE: ["force", "square"],
  THREATEN: ["pressure", "up"],
  SANCTION: ["pressure", "square"],
  ACCUSE: ["pressure", "diamond"],
  REJECT: ["pressure", "cross"],
  REQUEST: ["pressure", "down"],
  PROTEST: ["protest", "star"],
  AGREE: ["cooperation", "circle"],
  CONSULT: ["cooperation", "square"],
  SUPPORT: ["cooperation", "up"],
  COOPERATE: ["cooperation", "hexagon"],
  AID: ["cooperation", "cross"],
  CONCEDE: ["cooperation", "down"],
  RETREAT: ["cooperation", "diamond"],
  ELECTION: ["politics", "square"],
  LEADERSHIP_CHANGE: ["politics", "star"],
  CEREMONY: ["politics", "hexagon"],
  DISASTER: ["harm", "diamond"],
  ACCIDENT: ["harm", "cross"],
  OTHER: ["other", "circle"],
};

/** @param {string} code @returns {TypeStyle} */
export function typeStyle(code) {
  const known = Object.hasOwn(TYPES, code), [family, shape] = /** @type {[keyof typeof FAMILIES, string]} */ (known ? TYPES[code] : ["other", "hexagon"]);
  return { label: known ? say("type", code) : code.replace(/_/g, " ").toLowerCase(), family, shape, colour: FAMILIES[family] };
}

/** @param {CanvasRenderingContext2D} g @param {string} shape @param {number} x @param {number} y @param {number} r */
export function trace(g, shape, x, y, r) {
  const polygon = (/** @type {number} */ points, /** @type {number} */ radius, /** @type {number} */ turn, inner = radius) => {
    const steps = inner === radius ? points : points * 2;
    for (let k = 0; k < steps; k++) {
      const angle = turn + k * 2 * Math.PI / steps, reach = k % 2 && inner !== radius ? inner : radius;
      g[k ? "lineTo" : "moveTo"](x + reach * Math.cos(angle), y + reach * Math.sin(angle));
    }
    g.closePath();
  };
  g.beginPath();
  if (shape === "square") g.rect(x - r * .88, y - r * .88, r * 1.76, r * 1.76);
  else if (shape === "diamond") polygon(4, r * 1.22, 0);
  else if (shape === "up") polygon(3, r * 1.28, -Math.PI / 2);
  else if (shape === "down") polygon(3, r * 1.28, Math.PI / 2);
  else if (shape === "hexagon") polygon(6, r * 1.08, 0);
  else if (shape === "star") polygon(5, r * 1.34, -Math.PI / 2, r * .6);
  else if (shape === "cross") {
    const a = r * 1.1, b = r * .42;
    [[-b, -a], [b, -a], [b, -b], [a, -b], [a, b], [b, b], [b, a], [-b, a], [-b, b], [-a, b], [-a, -b], [-b, -b]]
      .forEach(([dx, dy], k) => g[k ? "lineTo" : "moveTo"](x + dx, y + dy));
    g.closePath();
  } else g.arc(x, y, r, 0, 2 * Math.PI);
}

/** One event's sign: filled, or hollow where the place is inferred. @param {CanvasRenderingContext2D} g @param {TypeStyle} style @param {number} x @param {number} y @param {number} r @param {{hollow?: boolean, paper?: string}} [options] */
export function drawSymbol(g, style, x, y, r, { hollow = false, paper = "#fff" } = {}) {
  g.lineJoin = "round";
  trace(g, style.shape, x, y, r);
  if (hollow) {
    g.lineWidth = 5; g.strokeStyle = paper; g.stroke();
    g.fillStyle = paper; g.fill();
    g.lineWidth = 2.25; g.strokeStyle = style.colour; g.stroke();
    g.fillStyle = style.colour;
  } else {
    g.lineWidth = 2.5; g.strokeStyle = paper; g.stroke();
    g.fillStyle = style.colour; g.fill();
    g.fillStyle = "#fff";
  }
  const detail = DETAILS[style.family];
  if (!detail) return;
  // A triangle's middle lies towards its broad side.
  const middle = y + (style.shape === "up" ? .18 : style.shape === "down" ? -.18 : 0) * r, [a, b] = detail;
  g.beginPath();
  if (a === b) g.arc(x, middle, r * a, 0, 7); else g.rect(x - r * a, middle - r * b, 2 * r * a, 2 * r * b);
  g.fill();
}

/** Little pictures that left the document, by what they show: drawing them is most of the work of a row. @type {Map<string, HTMLCanvasElement[]>} */
const spare = new Map();

/** Take the symbols of something that leaves the document for good. @param {Element} element */
export function reclaim(element) {
  for (const canvas of /** @type {NodeListOf<HTMLCanvasElement>} */ (element.querySelectorAll("canvas[data-sign]"))) {
    const key = canvas.dataset.sign || "", kept = spare.get(key);
    canvas.remove();
    if (!kept) spare.set(key, [canvas]); else if (kept.length < 40) kept.push(canvas);
  }
}

/** A symbol as its own little picture. @param {TypeStyle} style @param {number} [size] @param {boolean} [hollow] */
export function symbolCanvas(style, size = 16, hollow = false) {
  const density = Math.max(2, devicePixelRatio || 1), key = [style.family, style.shape, size, hollow, density].join("|"), kept = spare.get(key)?.pop();
  if (kept) return kept;
  const canvas = document.createElement("canvas");
  canvas.dataset.sign = key;
  canvas.width = canvas.height = size * density;
  canvas.style.width = canvas.style.height = size + "px";
  canvas.setAttribute("aria-hidden", "true");
  canvas.className = "sym";
  const g = canvas.getContext("2d");
  if (g) { g.scale(density, density); drawSymbol(g, style, size / 2, size / 2, size * .34, { hollow }); }
  return canvas;
}

/** Codes that have words of their own. */
export const knownTypes = Object.keys(TYPES);

/** The order of the key: families together, as in the table above; types that it does not know last. @param {string} code */
export const typeRank = (code) => { const at = Object.keys(TYPES).indexOf(code); return at < 0 ? 99 : at; };
