/** What a reader takes along: link, citation, embed code, and the filtered events as CSV, GeoJSON or a picture. */
import { byId, make } from "./dom.js";
import { eventFacts, whenWords } from "./receipt.js";
import { colour, FONT } from "./theme.js";
import { drawSymbol, typeStyle } from "./types.js";

/** @typedef {import("./store.js").Store} Store */

/** Copy, or where the frame forbids that, show the text to copy. @param {string} text @param {string} what */
export async function copyOrShow(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    toast(what + " copied");
  } catch {
    showText(text, what);
  }
}

/** @param {string} text @param {string} what */
export function showText(text, what) {
  const dialog = byId("em-dialog"), area = byId("em-dialog-text");
  byId("em-dialog-title").textContent = what;
  area.value = text;
  if (!dialog.open) dialog.showModal();
  area.focus(); area.select();
}

/** @param {string} text */
export function toast(text) {
  const note = byId("em-toast");
  note.textContent = text;
  note.hidden = false;
  clearTimeout(Number(note.dataset.timer));
  note.dataset.timer = String(setTimeout(() => { note.hidden = true; }, 2600));
}

/** Does the page stand in another? A sandbox without allow-downloads saves no file, and says nothing. */
export const framed = () => { try { return window.self !== window.top; } catch { return true; } };

/** @param {Blob} blob @param {string} name @param {string|null} [text] shown instead where saving is not possible */
export function saveFile(blob, name, text = null) {
  if (framed() && window.origin === "null" && text !== null) { showText(text, name); return; }
  const anchor = make("a", { href: URL.createObjectURL(blob), download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 2e4);
}

/** A cell that no spreadsheet takes for a formula. @param {any} value */
export function csvCell(value) {
  let text = value === null || value === undefined ? "" : String(value);
  if (typeof value !== "number" && /^[\s\u0000]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text)) text = "'" + text;
  return /[",\n\r;]/.test(text) || text !== text.trim() ? '"' + text.replace(/"/g, '""') + '"' : text;
}

/** @param {Store} store @param {number} i */
function flat(store, i) {
  const f = eventFacts(store, i), first = f.reports[0];
  return {
    id: f.id, type: f.type, status: f.status, headline: f.headline, date_start: f.start, date_end: f.end, date_precision: f.start ? f.datePrecision : null, date_basis: f.start ? f.dateBasis : null,
    place: f.place, country_code: f.country, precision: f.precision, location_basis: f.basis, radius_km: f.radius || null, lat: f.footprint === "point" ? f.lat : null, lon: f.footprint === "point" ? f.lon : null,
    actors: f.actors.map((/** @type {any[]} */ a) => `${a[0]} (${a[1]})`).join("; "), confidence: f.confidence / 100, independent_sources: f.sources,
    sources: f.reports.map((/** @type {any} */ r) => r.source).filter(Boolean).join("; "), url: first?.url || null, published: first?.published || null, evidence: first?.evidence || null,
  };
}

/** @param {Store} store */
export function csvText(store) {
  const rows = [];
  for (let k = 0; k < store.shownCount; k++) rows.push(flat(store, store.shown[k]));
  const names = Object.keys(rows[0] || {});
  return "\ufeff" + [names.join(","), ...rows.map((row) => Object.values(row).map(csvCell).join(","))].join("\r\n") + "\r\n";
}

/** Points at points; an event known only by its area has no geometry here, never a made-up point. @param {Store} store */
export function geojsonText(store) {
  const features = [];
  for (let k = 0; k < store.shownCount; k++) {
    const { lat, lon, ...properties } = flat(store, store.shown[k]);
    features.push({ type: "Feature", id: properties.id, geometry: lat === null ? null : { type: "Point", coordinates: [lon, lat] }, properties });
  }
  return JSON.stringify({ type: "FeatureCollection", features }, null, 1);
}

/** @param {Store} store @param {number} i */
export function citation(store, i) {
  const f = eventFacts(store, i), r = f.reports[0] || {};
  return [r.source, `“${f.headline}”`, r.published, r.url].filter(Boolean).join(", ") + `. Event: ${typeStyle(f.type).label}, ${f.place || "place not said"}, ${whenWords(f)} (${f.id}).`;
}

/** @param {string} title @param {string} hash */
export function embedCode(title, hash) {
  const quote = (/** @type {string} */ s) => s.replace(/[&"<>]/g, (c) => `&#${c.charCodeAt(0)};`), file = decodeURIComponent(location.pathname.split("/").pop() || "map.html");
  return `<iframe src="${quote(encodeURI(location.protocol === "about:" ? "map.html" : file) + hash)}" title="${quote(title)}" width="100%" height="640" loading="lazy" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads" referrerpolicy="no-referrer"></iframe>`;
}

/** The map as a picture with title, key and credits. @param {any} map @param {Store} store @param {{layers: {view: any, drawn: (g: CanvasRenderingContext2D, view: any) => void}[], title: string, subtitle: string, credits: string}} what */
export function picture(map, store, { layers, title, subtitle, credits }) {
  const size = map.getSize(), factor = 2, canvas = document.createElement("canvas"), { meta } = store.data;
  const used = meta.types.map((/** @type {string} */ code, /** @type {number} */ t) => [typeStyle(code), store.types[t] ? store.typeCounts[t] : 0]).filter((/** @type {any[]} */ p) => p[1]);
  const measure = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  measure.font = `13px ${FONT}`;
  let x = 14, lines = 1;
  const spots = used.map(([style, n]) => { const width = measure.measureText(`${style.label} ${n}`).width + 40; if (x + width > size.x) { x = 14; lines++; } const at = [x, lines]; x += width; return at; });
  const head = 54, foot = 26 + lines * 22;
  canvas.width = size.x * factor; canvas.height = (head + size.y + foot) * factor;
  const g = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  g.scale(factor, factor);
  g.fillStyle = colour("paper"); g.fillRect(0, 0, size.x, head + size.y + foot);
  g.fillStyle = colour("ink"); g.textBaseline = "alphabetic"; g.textAlign = "left";
  g.font = `700 19px ${FONT}`; g.fillText(title, 14, 25, size.x - 28);
  g.fillStyle = colour("mute"); g.font = `13px ${FONT}`; g.fillText(subtitle, 14, 44, size.x - 28);
  g.save();
  g.beginPath(); g.rect(0, head, size.x, size.y); g.clip();
  g.translate(0, head);
  g.fillStyle = colour("sea"); g.fillRect(0, 0, size.x, size.y);
  for (const layer of layers) { g.save(); g.translate(-layer.view.px, -layer.view.py); layer.drawn(g, layer.view); g.restore(); }
  g.restore();
  used.forEach(([style, n], k) => {
    const [sx, line] = spots[k], y = head + size.y + line * 22 - 6;
    drawSymbol(g, style, sx + 7, y, 5.6, { paper: colour("paper") });
    g.fillStyle = colour("ink"); g.textAlign = "left"; g.textBaseline = "middle"; g.font = `13px ${FONT}`; g.fillText(`${style.label} ${n}`, sx + 19, y + .5);
  });
  g.fillStyle = colour("mute"); g.textBaseline = "alphabetic"; g.font = `11px ${FONT}`; g.fillText(credits, 14, head + size.y + foot - 7, size.x - 28);
  return canvas;
}
