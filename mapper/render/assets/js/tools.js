/** What a reader takes along: copies of texts, saved files, and a way out where the frame forbids these. */
import { byId, make, webAddress } from "./dom.js";
import { eventFacts, whenWords } from "./receipt.js";
import { say, t } from "./strings.js";

/** @typedef {import("./store.js").Store} Store */

/** Copy, or where the frame forbids that, show the text to copy. @param {string} text @param {string} what */
export async function copyOrShow(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t("copied", { what }));
  } catch {
    showText(text, what);
  }
}

/** @param {string} text @param {string} what @param {Node|null} [beside] a picture or a link that stands with it */
export function showText(text, what, beside = null) {
  const dialog = byId("em-dialog"), area = byId("em-dialog-text");
  byId("em-dialog-title").textContent = what;
  byId("em-dialog-more").replaceChildren(...(beside ? [beside] : []));
  area.value = text;
  area.hidden = !text;
  if (!dialog.open) dialog.showModal();
  if (text) { area.focus(); area.select(); }
}

/** @param {string} text */
export function toast(text) {
  const note = byId("em-toast");
  note.textContent = text;
  note.hidden = false;
  clearTimeout(Number(note.dataset.timer));
  note.dataset.timer = String(setTimeout(() => { note.hidden = true; }, 2600));
}

/** Does the page stand in another? */
export const framed = () => { try { return window.self !== window.top; } catch { return true; } };
/** In a sandbox nothing tells whether saving, printing and new windows are allowed: what is not, does nothing and says nothing. */
export const sandboxed = () => framed() && window.origin === "null";

/** Save, or in a sandbox show what there is to save, beside a link that saves it where that is allowed. @param {Blob} blob @param {string} name @param {string} [text] its content, none for a picture */
export function saveFile(blob, name, text = "") {
  const href = URL.createObjectURL(blob), anchor = make("a", { href, download: name });
  if (sandboxed()) {
    anchor.textContent = t("save", { name });
    const picture = blob.type.startsWith("image/") ? make("img", { src: href, alt: name }) : null;
    showText(text, name, make("p", {}, picture, t(picture ? "framed.picture" : "framed"), " ", anchor));
    byId("em-dialog").addEventListener("close", () => URL.revokeObjectURL(href), { once: true });
    return;
  }
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(href), 2e4);
}

/** A link that a sandbox did not open is shown as text. */
export function watchLinks() {
  if (!sandboxed()) return;
  document.addEventListener("click", (e) => {
    const anchor = /** @type {any} */ (e.target)?.closest?.("a[target=_blank]"), href = anchor && webAddress(anchor.href);
    if (href) setTimeout(() => { if (document.visibilityState === "visible" && document.hasFocus()) showText(href, t("link"), make("p", { text: t("framed.link") })); }, 400);
  });
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
    figures: f.figures.map((/** @type {any} */ one) => `${one.kind} ${one.low === one.high ? one.low : one.low + "-" + one.high}`).join("; "),
    ...(store.data.event.change ? { change: f.change || "" } : {}),
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
  return [r.source, `“${f.headline}”`, r.published, r.url].filter(Boolean).join(", ") + ". " + t("citation.event", { type: say("type", f.type), place: f.named || t("place.unsaid"), when: whenWords(f), id: f.id });
}

/** @param {string} title @param {string} hash */
export function embedCode(title, hash) {
  const quote = (/** @type {string} */ s) => s.replace(/[&"<>]/g, (c) => `&#${c.charCodeAt(0)};`), file = decodeURIComponent(location.pathname.split("/").pop() || "map.html");
  return `<iframe src="${quote(encodeURI(location.protocol === "about:" ? "map.html" : file) + hash)}" title="${quote(title)}" width="100%" height="640" loading="lazy" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads" referrerpolicy="no-referrer"></iframe>`;
}
