/** The view in the address, so that a link reopens it. Everything read from it is checked: anyone can write a link. */
import { dayOf, iso } from "./dates.js";
import { CHANGES } from "./receipt.js";
import { DEFAULT_STATUSES, TABS } from "./store.js";

/** @typedef {import("./store.js").Store} Store */

/** @param {Store} store @param {any} map @param {(i: number) => string} idOf @returns {string} */
export function writeAddress(store, map, idOf) {
  const { meta } = store.data, p = new URLSearchParams(), centre = map.getCenter();
  p.set("map", [map.getZoom().toFixed(2), centre.lat.toFixed(4), centre.lng.toFixed(4)].join("/"));
  const off = meta.types.filter((/** @type {string} */ _, /** @type {number} */ t) => !store.types[t]);
  if (off.length) p.set("hide", off.join("."));
  const on = meta.enums.status.filter((/** @type {string} */ _, /** @type {number} */ s) => store.statuses[s]);
  if (on.join(".") !== DEFAULT_STATUSES.join(".")) p.set("status", on.join("."));
  if (store.changes.includes(0)) p.set("change", CHANGES.filter((_, c) => store.changes[c]).join("."));
  if (store.country >= 0) p.set("country", meta.countries[store.country]);
  if (store.source >= 0) p.set("source", meta.sources[store.source]);
  if (store.actor >= 0) p.set("actor", meta.actors[store.actor]);
  if (store.confidence) p.set("sure", String(store.confidence));
  if (store.query.trim()) p.set("q", store.query.trim());
  if (store.from !== -Infinity) p.set("from", iso(store.from));
  if (store.to !== Infinity) p.set("to", iso(store.to));
  if (!store.showMentioned) p.set("mentioned", "0");
  if (store.tab !== "events") p.set("list", store.tab);
  if (store.follow) p.set("follow", "1");
  if (store.mention >= 0) p.set("place", meta.mentioned[store.mention].id);
  if (store.selected >= 0) p.set("event", idOf(store.selected));
  return "#" + p.toString().replace(/%2F/g, "/");
}

/** @param {Store} store @param {string} hash @returns {{view: number[]|null, event: string|null, mention: number, from: number, to: number}} */
export function readAddress(store, hash) {
  const { meta } = store.data, p = new URLSearchParams(hash.replace(/^#/, "")), hide = (p.get("hide") || "").split(".");
  store.types.forEach((_, t) => { store.types[t] = +!hide.includes(meta.types[t]); });
  const status = p.has("status") ? (p.get("status") || "").split(".") : DEFAULT_STATUSES;
  store.statuses.forEach((_, s) => { store.statuses[s] = +status.includes(meta.enums.status[s]); });
  const change = p.has("change") && meta.since ? (p.get("change") || "").split(".") : CHANGES;
  store.changes.forEach((_, c) => { store.changes[c] = +change.includes(CHANGES[c]); });
  store.country = meta.countries.indexOf(p.get("country"));
  store.source = meta.sources.indexOf(p.get("source"));
  store.actor = meta.actors.indexOf(p.get("actor"));
  store.confidence = Math.max(0, Math.min(100, Math.round(Number(p.get("sure"))) || 0));
  store.query = (p.get("q") || "").slice(0, 200);
  store.showMentioned = p.get("mentioned") !== "0";
  store.tab = TABS.includes(p.get("list") || "") ? /** @type {string} */ (p.get("list")) : "events";
  store.follow = p.get("follow") === "1";
  const place = p.get("place"), mention = place === null ? -1 : meta.mentioned.findIndex((/** @type {any} */ m) => m.id === place);
  const from = dayOf(p.get("from") || ""), to = dayOf(p.get("to") || "");
  const view = (p.get("map") || "").split("/").map(Number);
  const sound = view.length === 3 && view.every(Number.isFinite) && Math.abs(view[1]) <= 90 && Math.abs(view[2]) <= 720 && view[0] >= 0 && view[0] <= 20;
  return { view: sound ? view : null, event: p.get("event"), mention, from: Number.isNaN(from) ? -Infinity : from, to: Number.isNaN(to) ? Infinity : to };
}
