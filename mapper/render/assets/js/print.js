/** On paper the list becomes a numbered table. */
import { byId, make, words } from "./dom.js";
import { eventFacts, whenWords } from "./receipt.js";
import { symbolCanvas, typeStyle } from "./types.js";

const MOST = 300;
const WIDTH = 1040, HEIGHT = 560;

/** The present view for a sheet of paper, in a bitmap: browsers lose part of what was drawn live on a canvas. @param {any} map @param {(g: CanvasRenderingContext2D, view: any) => void} draw @param {string} note */
export function printMap(map, draw, note) {
  const size = map.getSize(), zoom = map.getZoom() + Math.log2(Math.min(WIDTH / size.x, HEIGHT / size.y)), centre = map.project(map.getCenter(), zoom);
  const view = { ox: centre.x - WIDTH / 2, oy: centre.y - HEIGHT / 2, w: WIDTH, h: HEIGHT, px: 0, py: 0, zoom, scale: 256 * 2 ** zoom };
  const sheet = document.createElement("canvas"), shown = byId("em-print-map");
  for (const canvas of [sheet, shown]) { canvas.width = WIDTH * 2; canvas.height = HEIGHT * 2; }
  const g = /** @type {CanvasRenderingContext2D} */ (sheet.getContext("2d"));
  g.scale(2, 2);
  draw(g, view);
  shown.getContext("2d").drawImage(sheet, 0, 0);
  byId("em-print-note").textContent = note;
}

/** @param {import("./store.js").Store} store @param {(code: string|null) => string} country */
export function fillPrint(store, country) {
  const table = byId("em-print-table"), head = make("tr"), body = make("tbody");
  for (const name of ["No.", "Type", "Event", "When", "Where", "Source"]) head.append(make("th", { scope: "col", text: name }));
  const count = Math.min(MOST, store.shownCount);
  for (let k = 0; k < count; k++) {
    const f = eventFacts(store, store.shown[k]), first = f.reports[0], style = typeStyle(f.type);
    body.append(make("tr", {}, make("td", { text: k + 1 }), make("td", {}, symbolCanvas(style, 13, f.basis === "inferred"), ` ${style.label}`, f.status === "reported" ? null : make("small", { text: ` (${f.status})` })),
      make("td", {}, words("div", first?.evidence || f.headline, first?.language), first?.evidence && first.title ? words("small", first.title, first.language) : null),
      make("td", { text: whenWords(f) }), make("td", {}, f.place ? words("span", f.place) : "not said", f.place && f.country && f.precision !== "country" ? `, ${country(f.country)}` : "", f.footprint && f.footprint !== "point" ? make("small", { text: " (area)" }) : null),
      make("td", {}, first?.source ? words("span", first.source) : null, first?.source && first.published ? ", " : null, first?.published || "")));
  }
  table.replaceChildren(make("caption", { text: store.shownCount > MOST ? `The first ${MOST} of ${store.shownCount.toLocaleString("en")} events shown` : "Events shown" }), make("thead", {}, head), body);
}
