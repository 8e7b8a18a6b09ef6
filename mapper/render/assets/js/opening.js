/** Receipts: in a pop-up at the mark, as a sheet on phones and for events without a place. */
import { correctionForm, correctionsToml } from "./corrections.js";
import { byId, make } from "./dom.js";
import { toLat, toLon } from "./geo.js";
import { L } from "./layer.js";
import { mentionReceipt, receipt } from "./receipt.js";
import { t } from "./strings.js";
import { citation, copyOrShow, saveFile, toast } from "./tools.js";

export const PHONE = matchMedia("(max-width: 760px)");

/** @param {import("./main.js").App} app */
export function makeOpening(app) {
  const { store, marks, map, country, texts } = app, { data } = store, { meta, event, spot } = data, { list } = app.panel;
  const popup = L.popup({ maxWidth: 400, minWidth: 300, autoPanPaddingTopLeft: [58, 14], autoPanPaddingBottomRight: [18, 18], className: "em-popup", closeButton: false });
  const sheet = byId("em-sheet"), legend = byId("em-legend");
  let group = /** @type {number[]} */ ([]), place = 0, closing = false, unfold = false;

  const dress = (/** @type {HTMLElement} */ content, /** @type {string} */ label) => {
    const frame = make("div", { class: "frame", role: "dialog", "aria-label": label }, make("button", { type: "button", class: "close", text: "×", "aria-label": t("close"), onclick: () => close() }), content);
    // A button may replace what it stands in: Leaflet, walking up from it, would then take the click for one on the map.
    frame.addEventListener("click", (/** @type {Event} */ e) => { if (!(/** @type {any} */ (e.target).closest("a"))) e.stopPropagation(); });
    return frame;
  };
  /** The key makes room for a pop-up, and comes back after it. @param {boolean} away */
  function foldLegend(away) {
    if (away) { unfold ||= legend.open; legend.open = false; } else if (unfold) { legend.open = true; unfold = false; }
  }
  const leave = () => { closing = true; map.closePopup(popup); closing = false; };
  /** @param {HTMLElement} content @param {any} at @param {string} label */
  function show(content, at, label) {
    const frame = dress(content, label);
    foldLegend(true);
    if (PHONE.matches || !at) {
      leave();
      sheet.replaceChildren(frame);
      sheet.hidden = false;
    } else {
      sheet.hidden = true;
      frame.style.setProperty("--room", Math.max(180, Math.min(460, map.getSize().y - 90)) + "px");
      closing = true;
      popup.setLatLng(at).setContent(frame).openOn(map);
      closing = false;
    }
    frame.querySelector("h2")?.focus({ preventScroll: true });
  }
  /** @param {boolean} [quiet] not the reader's own act: leave address and focus alone */
  function close(quiet = false) {
    const wasOpen = store.selected >= 0 || store.mention >= 0;
    leave();
    sheet.hidden = true;
    sheet.replaceChildren();
    foldLegend(false);
    store.selected = store.mention = -1;
    list.mark(-1);
    if (quiet) return;
    app.layers.events.redraw();
    app.saveAddress(wasOpen ? "close" : "");
    if (app.opener && document.contains(app.opener)) app.opener.focus({ preventScroll: true });
    app.opener = null;
  }
  map.on("popupclose", (/** @type {any} */ e) => { if (e.popup === popup && !closing) close(); });
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || document.querySelector("dialog[open]")) return;
    if (map.hasLayer(popup) || !sheet.hidden) close(); else app.measure.stop();
  });

  /** Where the mark of event i is now. @param {number} i */
  function markOf(i) {
    const s = event.spot[i] - 1;
    return s < 0 ? null : marks.items.find((it) => it.spots.includes(s)) || null;
  }
  const latLng = (/** @type {{x: number, y: number}} */ at) => { const v = app.layers.events.view; return L.latLng(toLat((at.y + v.oy) / v.scale), toLon((at.x + v.ox) / v.scale)); };
  /** @param {number[]} events @param {number} k @param {any} at @param {any[]} [also] @param {boolean} [quiet] follows the address */
  async function open(events, k, at, also = [], quiet = false) {
    await texts;
    group = events; place = (k + events.length) % events.length;
    const i = group[place];
    store.selected = i; store.mention = -1;
    const content = receipt(store, i, {
      country, index: place, total: group.length, step: (by) => open(group, place + by, at, also), also,
      cite: (which) => copyOrShow(citation(store, which), t("citation")),
      form: (facts) => correctionForm(store, facts, { places: placesToOffer(facts), save: saveCorrections, added: () => { byId("em-corrections").hidden = false; toast(t("n.correction", { n: store.corrections.length })); } }),
    });
    show(content, at, t("event"));
    list.mark(i);
    const row = store.tab === "mentioned" || store.tab === "retracted" ? -1 : Array.prototype.indexOf.call(Array.prototype.slice.call(list.values, 0, list.count), i);
    list.reveal(row);
    app.layers.events.redraw();
    app.saveAddress(quiet ? "" : "open " + i);
  }
  /** Ids and names for a corrected place: what else the name could be, then what this map shows. @param {any} facts @returns {[string, string][]} */
  function placesToOffer(facts) {
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const r of facts.reports) for (const a of r.alternatives) if (a[3]) found.set(a[3], `${a[0]}${a[1] ? t("comma") + country(a[1]) : ""}`);
    for (const m of meta.mentioned) found.set(m.id, m.shown);
    for (let s = 0; s < store.spots && found.size < 400; s++) found.set(store.texts?.spot(s) || "", store.placeName(s));
    return [...found];
  }
  function saveCorrections() {
    const text = correctionsToml(store.corrections);
    saveFile(new Blob([text], { type: "application/toml;charset=utf-8" }), "corrections.toml", text);
  }
  /** From the list or the address: bring the map to the event, then open it. @param {number} i @param {boolean} [quiet] */
  function pick(i, quiet = false) {
    const s = event.spot[i] - 1;
    if (s < 0) { open([i], 0, null, [], quiet); return; }
    const area = spot.area[s] - 1, zoom = map.getZoom();
    if (marks.isArea[s] && area >= 0) {
      const seen = app.panel.onScreen(s);
      if (!seen) map.fitBounds(areaBounds(area), { padding: [30, 30], maxZoom: 8, animate: false });
    } else {
      const lat = spot.lat[s] / 1e5, lon = spot.lon[s] / 1e5;
      let item = markOf(i);
      const bare = item && (item.kind === "point" || item.kind === "spot");
      if (!bare || !map.getBounds().pad(-.1).contains([lat, lon])) map.setView([lat, lon], Math.max(zoom, 6), { animate: false });
      for (let z = map.getZoom(); z < 12 && (item = markOf(i)) && item.kind === "cluster"; z++) map.setView([lat, lon], z + 1, { animate: false });
    }
    const item = markOf(i), at = item && item.kind !== "cluster" ? latLng(item) : L.latLng(spot.lat[s] / 1e5, spot.lon[s] / 1e5);
    const events = item ? store.eventsOn(new Set(item.spots)) : [i];
    open(events.includes(i) ? events : [i], Math.max(0, events.indexOf(i)), at, [], quiet);
  }
  /** @param {number} k area */
  function areaBounds(k) {
    let x0 = 9, y0 = 9, x1 = -9, y1 = -9;
    for (const r of marks.areas[k].rings) { x0 = Math.min(x0, r.x0); x1 = Math.max(x1, r.x1); y0 = Math.min(y0, r.y0); y1 = Math.max(y1, r.y1); }
    return [[toLat(y1), toLon(x0)], [toLat(y0), toLon(x1)]];
  }
  /** @param {number} k @param {boolean} [move] @param {boolean} [quiet] */
  async function openMention(k, move = false, quiet = false) {
    await texts;
    const m = marks.mentioned[k];
    store.selected = -1; store.mention = k;
    if (move) {
      if (m.area >= 0 && m.footprint !== "point") { if (!map.getBounds().contains([m.lat, m.lon])) map.fitBounds(areaBounds(m.area), { padding: [30, 30], maxZoom: 8, animate: false }); }
      else if (!map.getBounds().pad(-.1).contains([m.lat, m.lon])) map.setView([m.lat, m.lon], Math.max(map.getZoom(), 5), { animate: false });
    }
    const item = marks.items.find((it) => it.kind === "mentioned" && it.place === k);
    show(mentionReceipt(m, store.texts?.mentions(k) || [], store, country), item ? latLng(item) : L.latLng(m.lat, m.lon), t("mentioned"));
    list.mark(store.tab === "mentioned" ? k : -1);
    app.layers.events.redraw();
    app.saveAddress(quiet ? "" : "mention " + k);
  }
  return { open, openMention, pick, close, latLng, saveCorrections };
}
