/** On paper: the view as a picture with its numbers, a key, and the list as a numbered table. */
import { byId, make, words } from "./dom.js";
import { eventFacts, figureWords, whenWords } from "./receipt.js";
import { number, say, t } from "./strings.js";
import { symbolCanvas, typeRank, typeStyle } from "./types.js";

const MOST = 300;
const WIDTH = 1040, HEIGHT = 575;

/** The present view for a sheet of paper, in a bitmap: browsers lose part of what was drawn live on a canvas. @param {any} map @param {(g: CanvasRenderingContext2D, view: any) => void} draw @param {string} note */
export function printMap(map, draw, note) {
  // Some browsers have hidden the map from the screen before they ask for what to print.
  const size = map.getSize(), fits = size.x && size.y ? Math.min(WIDTH / size.x, HEIGHT / size.y) : 1, zoom = map.getZoom() + Math.log2(fits), centre = map.project(map.getCenter(), zoom);
  const view = { ox: centre.x - WIDTH / 2, oy: centre.y - HEIGHT / 2, w: WIDTH, h: HEIGHT, px: 0, py: 0, zoom, scale: 256 * 2 ** zoom };
  const sheet = document.createElement("canvas"), shown = byId("em-print-map");
  for (const canvas of [sheet, shown]) { canvas.width = WIDTH * 2; canvas.height = HEIGHT * 2; }
  const g = /** @type {CanvasRenderingContext2D} */ (sheet.getContext("2d"));
  g.scale(2, 2);
  draw(g, view);
  shown.getContext("2d").drawImage(sheet, 0, 0);
  byId("em-print-note").textContent = note;
}

/** The numbers of the events in the table, for the map beside it. @param {import("./store.js").Store} store @returns {Map<number, number>} */
export function printNumbers(store) {
  return new Map(Array.from(store.shown.subarray(0, Math.min(MOST, store.shownCount)), (i, k) => [i, k + 1]));
}

/** @param {import("./store.js").Store} store @param {(code: string|null) => string} country */
export function fillPrint(store, country) {
  const { meta } = store.data, table = byId("em-print-table"), head = make("tr"), body = make("tbody");
  byId("em-print-key").replaceChildren(...meta.types.map((/** @type {string} */ code, /** @type {number} */ k) => ({ code, n: store.types[k] ? store.typeCounts[k] : 0 }))
    .filter((/** @type {any} */ one) => one.n).sort((/** @type {any} */ a, /** @type {any} */ b) => typeRank(a.code) - typeRank(b.code))
    .map((/** @type {any} */ one) => make("span", {}, symbolCanvas(typeStyle(one.code), 14), ` ${typeStyle(one.code).label} ${number(one.n)}`)));
  for (const name of ["no", "type", "event", "when", "where", "source"]) head.append(make("th", { scope: "col", text: t(name) }));
  const count = Math.min(MOST, store.shownCount);
  for (let k = 0; k < count; k++) {
    const f = eventFacts(store, store.shown[k]), first = f.reports[0], style = typeStyle(f.type);
    body.append(make("tr", {}, make("td", { text: k + 1 }), make("td", {}, symbolCanvas(style, 13, f.basis === "inferred"), ` ${style.label}`, f.status === "reported" ? null : make("small", { text: ` (${say("status", f.status).toLowerCase()})` }), f.change ? make("small", { text: ` · ${say("change", f.change)}` }) : null),
      make("td", {}, words("div", first?.evidence || f.headline, first?.language), first?.evidence && first.title ? words("small", first.title, first.language) : null, f.figures.length ? make("small", { text: ` ${f.figures.map(figureWords).join(t("comma"))}` }) : null, f.note ? make("small", {}, `${t("note")}: `, words("span", f.note)) : null),
      make("td", { text: whenWords(f) }), make("td", {}, f.place ? words("span", f.named) : t("where.unsaid"), f.place && f.country && f.precision !== "country" ? t("comma") + country(f.country) : "", f.footprint && f.footprint !== "point" ? make("small", { text: ` (${t("area")})` }) : null),
      make("td", {}, first?.source ? words("span", first.source) : null, first?.source && first.published ? t("comma") : null, first?.published || "")));
  }
  const gone = (meta.retracted || []).map((/** @type {any} */ r) => make("tr", {}, make("td", { text: "–" }), make("td", {}, symbolCanvas(typeStyle(r.type), 13), ` ${typeStyle(r.type).label}`), make("td", {}, make("small", { text: t("retracted") })), make("td", { text: r.date || t("date.none") }), make("td", {}, r.place ? words("span", r.place) : t("where.unsaid")), make("td", {}, words("span", r.sources.join("; ")))));
  body.append(...gone);
  table.replaceChildren(make("caption", { text: store.shownCount > MOST ? t("print.first", { most: MOST, n: store.shownCount }) : t("print.shown") }), make("thead", {}, head), body);
}
