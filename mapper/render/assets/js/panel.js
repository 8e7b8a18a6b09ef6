/** The list beside the map and its sections: the events on it, the unplaced, what is only mentioned, what is gone. */
import { byId, make, words } from "./dom.js";
import { VirtualList } from "./list.js";
import { changeTag, eventFacts, excerpt, whenWords } from "./receipt.js";
import { TABS } from "./store.js";
import { isRtl, number, say, t } from "./strings.js";
import { symbolCanvas, typeStyle } from "./types.js";

/** Heights of the list's rows in pixels: an event with its sentence, one with its headline alone, a place mentioned. */
const FULL_ROW = 88, HEADLINE_ROW = 60, MENTION_ROW = 74;

/** @param {import("./main.js").App} app */
export function makePanel(app) {
  const { store, marks, map, country } = app, { data } = store, { meta, event, spot } = data;
  const box = byId("em-list"), follow = byId("em-follow"), tabs = meta.since ? TABS : TABS.slice(0, 3);
  const EVENT_ROW = meta.headlines_only ? HEADLINE_ROW : FULL_ROW;
  let inView = new Uint32Array(0), inViewCount = 0;

  const fillEvent = (/** @type {HTMLElement} */ row, /** @type {number} */ i) => {
    const style = typeStyle(meta.types[event.type[i]]), facts = store.texts ? eventFacts(store, i) : null, status = meta.enums.status[event.status[i]];
    // The event's own words lead; the headline, which many events may share, comes second.
    const told = facts && facts.reports[0]?.title ? excerpt(facts.reports[0]) : null;
    row.append(symbolCanvas(style, 18, facts?.basis === "inferred"), ...(told ? [told] : []), words("span", facts ? facts.headline : "…", facts?.reports[0]?.language, told ? "h second" : "h"),
      make("span", { class: "m" }, facts && changeTag(facts), status === "reported" ? null : make("span", { class: "tag", text: say("status", status).toLowerCase() }), style.label, facts ? ` · ${facts.place ? "" : t("place.unsaid")}` : "",
        facts?.place ? words("bdi", facts.named) : null, facts ? ` · ${whenWords(facts)}` : ""));
  };
  const fillMention = (/** @type {HTMLElement} */ row, /** @type {number} */ k) => {
    const m = meta.mentioned[k];
    row.append(make("span", { class: m.footprint === "point" ? "dot" : "dot sq", "aria-hidden": "true" }), words("span", m.shown, null, "h"), make("span", { class: "m", text: [m.labelled ? "" : country(m.country), t("n.sentence", { n: m.count })].filter(Boolean).join(" · ") }));
  };
  const fillRetracted = (/** @type {HTMLElement} */ row, /** @type {number} */ k) => {
    const r = meta.retracted[k], style = typeStyle(r.type);
    row.append(symbolCanvas(style, 18), make("span", { class: "h" }, style.label), make("span", { class: "m" }, r.place ? words("bdi", r.place) : t("place.unsaid"), ` · ${r.date || t("date.none")}`), words("span", r.sources.join("; ") || t("source.unnamed"), null, "m"));
  };
  const fills = /** @type {Record<string, (row: HTMLElement, value: number) => void>} */ ({ mentioned: fillMention, retracted: fillRetracted });
  const list = new VirtualList(box, EVENT_ROW, (row, value) => (fills[store.tab] || fillEvent)(row, value), (value, row) => {
    app.opener = row;
    if (store.tab === "mentioned") app.openMention(value, true);
    else if (store.tab !== "retracted") app.pick(value);
  });
  const everyOf = (/** @type {any[]} */ rows) => Uint32Array.from(rows, (_, k) => k), mentioned = everyOf(meta.mentioned), retracted = everyOf(meta.retracted || []);

  const bounds = () => { const b = map.getBounds(), c = map.getCenter().lng; return (/** @type {number} */ lat, /** @type {number} */ lon) => b.contains([lat, lon + 360 * Math.round((c - lon) / 360)]); };
  /** Is the badge of area spot s in the view? @param {number} s */
  function onScreen(s) {
    const item = marks.items.find((/** @type {any} */ it) => it.kind === "area" && it.spots.includes(s)), view = app.layers.events.view;
    return item && item.x > view.px && item.y > view.py && item.x < view.w - view.px && item.y < view.h - view.py;
  }
  function eventsInList() {
    if (inView.length < store.shownCount) inView = new Uint32Array(data.n);
    const sees = follow.checked ? bounds() : null;
    inViewCount = 0;
    const visible = sees ? new Set(marks.items.filter((/** @type {any} */ it) => it.kind === "area").flatMap((/** @type {any} */ it) => it.spots)) : null;
    for (let k = 0; k < store.shownCount; k++) {
      const i = store.shown[k], s = event.spot[i] - 1;
      if (s < 0 || (sees && !sees(spot.lat[s] / 1e5, spot.lon[s] / 1e5) && !(visible?.has(s) && onScreen(s)))) continue;
      inView[inViewCount++] = i;
    }
  }
  function fill() {
    const counts = { events: store.shownCount - store.unplacedCount, unplaced: store.unplacedCount, mentioned: mentioned.length, retracted: retracted.length };
    for (const name of tabs) {
      const tab = byId("em-tab-" + name);
      byId("em-n-" + name).textContent = number(/** @type {any} */ (counts)[name]);
      tab.setAttribute("aria-selected", String(name === store.tab));
      tab.tabIndex = name === store.tab ? 0 : -1;
    }
    box.setAttribute("aria-labelledby", "em-tab-" + store.tab);
    if (store.tab === "mentioned") list.set(mentioned, mentioned.length, t("list.mentioned"), MENTION_ROW);
    else if (store.tab === "retracted") list.set(retracted, retracted.length, t("list.retracted"), MENTION_ROW);
    else if (store.tab === "unplaced") list.set(store.unplaced, store.unplacedCount, t("list.unplaced"), EVENT_ROW);
    else { eventsInList(); list.set(inView, inViewCount, t("list.events"), EVENT_ROW); }
    byId("em-empty").hidden = list.count > 0;
    byId("em-empty").textContent = t("empty." + (store.tab === "events" && follow.checked ? "view" : store.tab));
  }
  /** @param {string} name */
  function showTab(name) { store.tab = name; list.scrollTo(0); fill(); list.mark(store.selected); app.saveAddress("tab"); }
  if (meta.since) byId("em-tab-retracted").hidden = false;
  tabs.forEach((name, k) => {
    const button = byId("em-tab-" + name);
    button.addEventListener("click", () => showTab(name));
    button.addEventListener("keydown", (/** @type {KeyboardEvent} */ e) => {
      const by = (e.key === "ArrowRight" ? 1 : e.key === "ArrowLeft" ? -1 : 0) * (isRtl() ? -1 : 1);
      if (!by) return;
      const next = tabs[(k + by + tabs.length) % tabs.length];
      showTab(next); byId("em-tab-" + next).focus();
    });
  });
  follow.addEventListener("change", () => { store.follow = follow.checked; fill(); app.saveAddress("follow"); });
  new ResizeObserver(() => list.render()).observe(box);
  return { list, fill, follow, onScreen, tabs };
}
