/** The page: decode, draw, then wire panels, list, receipts and address together. */
import { readAddress, writeAddress } from "./address.js";
import { decodeBasemap, drawBasemap } from "./basemap.js";
import { correctionForm, correctionsToml } from "./corrections.js";
import { block, decodeData, Texts } from "./decode.js";
import { announce, byId, make, plural, words } from "./dom.js";
import { toLat, toLon } from "./geo.js";
import { drawLabels } from "./labels.js";
import { canvasLayer, L } from "./layer.js";
import { VirtualList } from "./list.js";
import { Marks } from "./marks.js";
import { isOutlined } from "./mentions.js";
import { fillPrint, printMap } from "./print.js";
import { countryName, eventFacts, excerpt, mentionReceipt, receipt, whenWords } from "./receipt.js";
import { Store, TABS } from "./store.js";
import { colour, isDark, refreshTheme } from "./theme.js";
import { Timeline } from "./timeline.js";
import { citation, copyOrShow, csvText, embedCode, framed, geojsonText, picture, saveFile, toast } from "./tools.js";
import { symbolCanvas, typeRank, typeStyle } from "./types.js";

/** Heights of the list's rows in pixels. */
const EVENT_ROW = 88, MENTION_ROW = 74;
const PHONE = matchMedia("(max-width: 760px)");
const language = (navigator.language || "en").slice(0, 2).toLowerCase();

async function start() {
  const map = /** @type {any} */ (window)[/** @type {HTMLElement} */ (document.querySelector(".folium-map")).id];
  const [hot, rawBase] = await Promise.all([block("em-data"), block("em-base")]);
  const data = decodeData(hot), base = decodeBasemap(JSON.parse(new TextDecoder().decode(rawBase)), language);
  const store = new Store(data), marks = new Marks(store), { meta, event } = data;
  const country = (/** @type {string|null} */ code) => countryName(code, base, language);

  // ---- text, read once the first picture stands
  let textReady = (/** @type {any} */ _) => {};
  const texts = new Promise((resolve) => { textReady = resolve; });
  const loadTexts = async () => {
    // The texts stand last in the file, behind this script.
    if (document.readyState === "loading") await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
    const loaded = new Texts(await block("em-text"), meta.sections, data.n);
    store.texts = loaded;
    store.tail = JSON.parse(loaded.tail);
    textReady(loaded);
  };

  // ---- map
  map.attributionControl.setPrefix(false);
  map.attributionControl.addAttribution(meta.credits);
  for (const [pane, z] of /** @type {[string, number][]} */ ([["em-base", 150], ["em-events", 420], ["em-labels", 430]])) map.createPane(pane).style.zIndex = String(z);
  map.getPane("em-labels").style.pointerEvents = "none";
  const container = map.getContainer();
  container.setAttribute("role", "application");
  container.setAttribute("aria-label", "Map of events. Arrow keys move it, plus and minus zoom. The same events are in the list.");
  const baseLayer = canvasLayer("em-base", (g, view) => drawBasemap(g, view, base));
  const labelLayer = canvasLayer("em-labels", (g, view) => drawLabels(g, /** @type {any} */ (view), base, marks, language));
  const eventLayer = canvasLayer("em-events", (g, view) => { marks.draw(g, /** @type {any} */ (view)); if (labelLayer._map) labelLayer.redraw(); });

  // ---- list with its three sections
  const box = byId("em-list"), tabs = TABS;
  let inView = new Uint32Array(0), inViewCount = 0;
  /** @type {HTMLElement|null} */
  let opener = null;
  const fillEvent = (/** @type {HTMLElement} */ row, /** @type {number} */ i) => {
    const style = typeStyle(meta.types[event.type[i]]), facts = store.texts ? eventFacts(store, i) : null, status = meta.enums.status[event.status[i]];
    // The event's own words lead; the headline, which many events may share, comes second.
    const told = facts && facts.reports[0]?.title ? excerpt(facts.reports[0]) : null;
    row.append(symbolCanvas(style, 18, facts?.basis === "inferred"), ...(told ? [told] : []), words("span", facts ? facts.headline : "…", facts?.reports[0]?.language, told ? "h second" : "h"),
      make("span", { class: "m" }, status === "reported" ? null : make("span", { class: "tag", text: status }), style.label, facts ? ` · ${facts.place ? "" : "place not said"}` : "",
        facts?.place ? words("bdi", facts.place) : null, facts ? ` · ${whenWords(facts)}` : ""));
  };
  const fillMention = (/** @type {HTMLElement} */ row, /** @type {number} */ k) => {
    const m = meta.mentioned[k];
    row.append(make("span", { class: m.footprint === "point" ? "dot" : "dot sq", "aria-hidden": "true" }), words("span", m.name, null, "h"), make("span", { class: "m", text: [m.labelled ? "" : country(m.country), `named in ${plural(m.count, "sentence")}`].filter(Boolean).join(" · ") }));
  };
  const list = new VirtualList(box, EVENT_ROW, (row, value) => (store.tab === "mentioned" ? fillMention : fillEvent)(row, value), (value, row) => { opener = row; if (store.tab === "mentioned") openMention(value, true); else pick(value); });
  const mentionedOrder = Uint32Array.from(meta.mentioned.map((/** @type {any} */ _, /** @type {number} */ k) => k));
  const follow = byId("em-follow");
  const bounds = () => { const b = map.getBounds(), c = map.getCenter().lng; return (/** @type {number} */ lat, /** @type {number} */ lon) => b.contains([lat, lon + 360 * Math.round((c - lon) / 360)]); };
  function fillList() {
    const placed = store.shownCount - store.unplacedCount;
    byId("em-n-events").textContent = placed.toLocaleString("en");
    byId("em-n-unplaced").textContent = store.unplacedCount.toLocaleString("en");
    byId("em-n-mentioned").textContent = meta.mentioned.length.toLocaleString("en");
    for (const name of tabs) byId("em-tab-" + name).setAttribute("aria-selected", String(name === store.tab));
    for (const name of tabs) byId("em-tab-" + name).tabIndex = name === store.tab ? 0 : -1;
    box.setAttribute("aria-labelledby", "em-tab-" + store.tab);
    if (store.tab === "mentioned") list.set(mentionedOrder, mentionedOrder.length, "Places only mentioned", MENTION_ROW);
    else if (store.tab === "unplaced") list.set(store.unplaced, store.unplacedCount, "Events whose place is not said, newest first", EVENT_ROW);
    else {
      if (inView.length < store.shownCount) inView = new Uint32Array(data.n);
      const sees = follow.checked ? bounds() : null, { spot } = data;
      inViewCount = 0;
      const visible = sees ? new Set(marks.items.filter((it) => it.kind === "area").flatMap((it) => it.spots)) : null;
      for (let k = 0; k < store.shownCount; k++) {
        const i = store.shown[k], s = event.spot[i] - 1;
        if (s < 0 || (sees && !sees(spot.lat[s] / 1e5, spot.lon[s] / 1e5) && !(visible?.has(s) && onScreen(s)))) continue;
        inView[inViewCount++] = i;
      }
      list.set(inView, inViewCount, "Events on the map, newest first", EVENT_ROW);
    }
    byId("em-empty").hidden = list.count > 0;
    byId("em-empty").textContent = store.tab === "mentioned" ? "No place is only mentioned." : store.tab === "unplaced" ? "Every event shown has a place." : follow.checked ? "No event in this view." : "No event matches these filters.";
  }
  const onScreen = (/** @type {number} */ s) => {
    const item = marks.items.find((it) => it.kind === "area" && it.spots.includes(s)), view = eventLayer.view;
    return item && item.x > view.px && item.y > view.py && item.x < view.w - view.px && item.y < view.h - view.py;
  };
  /** @param {string} name */
  function showTab(name) { store.tab = name; box.scrollTop = 0; fillList(); list.mark(store.selected); saveAddress("tab"); }
  tabs.forEach((name, k) => {
    const button = byId("em-tab-" + name);
    button.addEventListener("click", () => showTab(name));
    button.addEventListener("keydown", (/** @type {KeyboardEvent} */ e) => {
      const by = e.key === "ArrowRight" ? 1 : e.key === "ArrowLeft" ? -1 : 0;
      if (!by) return;
      const next = tabs[(k + by + tabs.length) % tabs.length];
      showTab(next); byId("em-tab-" + next).focus();
    });
  });

  // ---- filters
  const timeline = new Timeline(store, () => apply("time"));
  /** @type {{box: any, count: any, index: number, which: "types"|"statuses"}[]} */
  const boxes = [];
  const addBox = (/** @type {HTMLElement} */ parent, /** @type {number} */ index, /** @type {"types"|"statuses"} */ which, /** @type {string} */ label, /** @type {Node|null} */ sign) => {
    const input = make("input", { type: "checkbox", onchange: () => { store[which][index] = +input.checked; apply(); } }), count = make("span", { class: "c" });
    const only = which === "types" ? make("button", { type: "button", class: "only", text: "only", "aria-label": `Only ${label}`, onclick: (/** @type {Event} */ e) => { e.preventDefault(); const alone = store.types[index] && store.types.reduce((a, b) => a + b, 0) === 1; store.types.fill(alone ? 1 : 0); store.types[index] = 1; apply(); } }) : null;
    parent.append(make("div", { class: "t" }, make("label", {}, input, sign, make("span", { class: "l", text: label }), count), only));
    boxes.push({ box: input, count, index, which });
  };
  /** @type {number[][]} events by type and status */
  const typeTotals = meta.types.map(() => Array(meta.enums.status.length).fill(0));
  for (let i = 0; i < data.n; i++) typeTotals[event.type[i]][event.status[i]]++;
  meta.types.map((/** @type {string} */ code, /** @type {number} */ t) => /** @type {[string, number]} */ ([code, t])).sort((/** @type {[string, number]} */ a, /** @type {[string, number]} */ b) => typeRank(a[0]) - typeRank(b[0]))
    .forEach((/** @type {[string, number]} */ [code, t]) => addBox(byId("em-types"), t, "types", typeStyle(code).label, symbolCanvas(typeStyle(code), 17)));
  meta.enums.status.forEach((/** @type {string} */ s, /** @type {number} */ k) => { if (meta.status_counts[k]) addBox(byId("em-statuses"), k, "statuses", s[0].toUpperCase() + s.slice(1), null); });
  const select = (/** @type {string} */ id, /** @type {"country"|"source"|"actor"} */ field, /** @type {string[]} */ names, /** @type {string} */ all) => {
    const element = byId(id);
    element.append(make("option", { value: "-1", text: all }));
    names.map((name, k) => /** @type {[string, number]} */ ([name, k])).sort((a, b) => a[0].localeCompare(b[0])).slice(0, 3000).forEach(([name, k]) => element.append(make("option", { value: k, text: name, dir: "auto" })));
    element.addEventListener("change", () => { store[field] = +element.value; apply(); });
    if (names.length < 2) element.closest(".field").hidden = true;
  };
  select("em-country", "country", meta.countries.map(country), "All countries");
  select("em-source", "source", meta.sources, "All sources");
  select("em-actor", "actor", meta.actors, "All actors");
  const sure = byId("em-sure"), query = byId("em-query");
  sure.addEventListener("input", () => { store.confidence = +sure.value; apply("sure"); });
  let typing = 0;
  query.addEventListener("input", () => { clearTimeout(typing); typing = window.setTimeout(() => { store.query = query.value; texts.then(() => apply("search")); }, 110); });
  byId("em-reset").addEventListener("click", () => { readAddress(store, ""); timeline.set(-Infinity, Infinity, true); apply(); query.focus(); });
  const filterToggle = byId("em-filter-toggle");
  filterToggle.addEventListener("click", () => { const open = byId("em-filters").classList.toggle("open"); filterToggle.setAttribute("aria-expanded", String(open)); });
  const mentionedBox = byId("em-show-mentioned");
  mentionedBox.addEventListener("change", () => { store.showMentioned = mentionedBox.checked; eventLayer.redraw(); saveAddress("mentioned"); });
  follow.addEventListener("change", () => { store.follow = follow.checked; fillList(); saveAddress("follow"); });

  function showControls() {
    for (const { box: input, count, index, which } of boxes) {
      // A type of which only filtered-out statuses tell (history, denials) is no choice yet.
      if (which === "types") input.closest(".t").hidden = !typeTotals[index].some((n, s) => n && store.statuses[s]);
      input.checked = !!store[which][index];
      count.textContent = (which === "types" ? store.typeCounts : store.statusCounts)[index].toLocaleString("en");
    }
    byId("em-country").value = String(store.country); byId("em-source").value = String(store.source); byId("em-actor").value = String(store.actor);
    sure.value = String(store.confidence); byId("em-sure-out").textContent = store.confidence ? `at least ${store.confidence}%` : "any";
    if (query.value !== store.query && document.activeElement !== query) query.value = store.query;
    mentionedBox.checked = store.showMentioned;
    byId("em-reset").hidden = !store.narrowed;
  }

  /** In words: what the filters leave. */
  function sentence() {
    const placed = store.shownCount - store.unplacedCount, total = data.n;
    return `${plural(store.shownCount, "event")}${store.shownCount < total ? ` of ${total.toLocaleString("en")}` : ""}: ${placed.toLocaleString("en")} on the map, ${store.unplacedCount.toLocaleString("en")} unplaced`;
  }
  /** @param {string} [kind] of the reader's act, none where the address itself is being followed */
  function apply(kind = "filter") {
    store.apply();
    showControls();
    timeline.draw();
    if (eventLayer._map) eventLayer.redraw();
    fillList();
    byId("em-count").textContent = sentence();
    announce(sentence());
    saveAddress(kind);
  }

  // ---- receipts: in a pop-up, on phones as a sheet
  const popup = L.popup({ maxWidth: 400, minWidth: 300, autoPanPaddingTopLeft: [58, 14], autoPanPaddingBottomRight: [18, 18], className: "em-popup", closeButton: false });
  const sheet = byId("em-sheet");
  let group = /** @type {number[]} */ ([]), place = 0, closing = false;
  const dress = (/** @type {HTMLElement} */ content, /** @type {string} */ label) => {
    const frame = make("div", { class: "frame", role: "dialog", "aria-label": label }, make("button", { type: "button", class: "close", text: "×", "aria-label": "Close", onclick: () => close() }), content);
    // A button may replace what it stands in: Leaflet, walking up from it, would then take the click for one on the map.
    frame.addEventListener("click", (/** @type {Event} */ e) => e.stopPropagation());
    return frame;
  };
  const legend = byId("em-legend");
  let unfold = false;
  /** The key makes room for a pop-up, and comes back after it. @param {boolean} away */
  function foldLegend(away) {
    if (away) { unfold ||= legend.open; legend.open = false; } else if (unfold) { legend.open = true; unfold = false; }
  }
  /** @param {HTMLElement} content @param {any} at @param {string} label */
  function show(content, at, label) {
    const frame = dress(content, label);
    if (PHONE.matches || !at) {
      closing = true; map.closePopup(popup); closing = false;
      foldLegend(true);
      sheet.replaceChildren(frame);
      sheet.hidden = false;
    } else {
      sheet.hidden = true;
      frame.style.setProperty("--room", Math.max(180, Math.min(460, map.getSize().y - 90)) + "px");
      closing = true;
      foldLegend(true);
      popup.setLatLng(at).setContent(frame).openOn(map);
      closing = false;
    }
    frame.querySelector("h2")?.focus({ preventScroll: true });
  }
  /** @param {boolean} [quiet] not the reader's own act: leave address and focus alone */
  function close(quiet = false) {
    const wasOpen = store.selected >= 0 || store.mention >= 0;
    closing = true; map.closePopup(popup); closing = false;
    sheet.hidden = true;
    sheet.replaceChildren();
    foldLegend(false);
    store.selected = store.mention = -1;
    list.mark(-1);
    if (quiet) return;
    eventLayer.redraw();
    saveAddress(wasOpen ? "close" : "");
    if (opener && document.contains(opener)) opener.focus({ preventScroll: true });
    opener = null;
  }
  map.on("popupclose", (/** @type {any} */ e) => { if (e.popup === popup && !closing) close(); });
  document.addEventListener("keydown", (e) => { if (e.key === "Escape" && (map.hasLayer(popup) || !sheet.hidden) && !byId("em-dialog").open) close(); });

  /** Where the mark of event i is now. @param {number} i */
  function markOf(i) {
    const s = event.spot[i] - 1;
    return s < 0 ? null : marks.items.find((it) => it.spots.includes(s)) || null;
  }
  const latLng = (/** @type {{x: number, y: number}} */ at) => { const v = eventLayer.view; return L.latLng(toLat((at.y + v.oy) / v.scale), toLon((at.x + v.ox) / v.scale)); };
  /** @param {number[]} events @param {number} k @param {any} at @param {any[]} [also] @param {boolean} [quiet] follows the address */
  async function open(events, k, at, also = [], quiet = false) {
    await texts;
    group = events; place = (k + events.length) % events.length;
    const i = group[place];
    store.selected = i; store.mention = -1;
    const content = receipt(store, i, {
      country, index: place, total: group.length, step: (by) => open(group, place + by, at, also), also,
      cite: (which) => copyOrShow(citation(store, which), "Citation"),
      form: (facts) => correctionForm(store, facts, { places: placesToOffer(facts), save: saveCorrections, added: () => { byId("em-corrections").hidden = false; toast(`${plural(store.corrections.length, "correction")} marked`); } }),
    });
    show(content, at, "Event");
    list.mark(i);
    const row = store.tab === "mentioned" ? -1 : Array.prototype.indexOf.call(Array.prototype.slice.call(list.values, 0, list.count), i);
    list.reveal(row);
    eventLayer.redraw();
    saveAddress(quiet ? "" : "open " + i);
  }
  /** Ids and names for a corrected place: what else the name could be, then what this map shows. @param {any} facts @returns {[string, string][]} */
  function placesToOffer(facts) {
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const r of facts.reports) for (const a of r.alternatives) if (a[3]) found.set(a[3], `${a[0]}${a[1] ? ", " + country(a[1]) : ""}`);
    for (const m of meta.mentioned) found.set(m.id, m.name);
    for (let s = 0; s < store.spots && found.size < 400; s++) found.set(store.tail.spots[s], meta.places[data.spot.place[s]]);
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
    const { spot } = data, area = spot.area[s] - 1, zoom = map.getZoom();
    if (marks.isArea[s] && area >= 0) {
      const seen = onScreen(s);
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
    show(mentionReceipt(m, store.tail.mentions[k] || [], store, country), item ? latLng(item) : L.latLng(m.lat, m.lon), "Place mentioned");
    list.mark(store.tab === "mentioned" ? k : -1);
    eventLayer.redraw();
    saveAddress(quiet ? "" : "mention " + k);
  }

  // ---- pointing and clicking
  const onCanvas = (/** @type {any} */ e) => { const v = eventLayer.view, p = map.project(e.latlng, map.getZoom()); return [p.x - v.ox, p.y - v.oy]; };
  map.on("click", (/** @type {any} */ e) => {
    const [x, y] = onCanvas(e), item = marks.hit(x, y, eventLayer.view);
    if (!item) return;
    opener = null;
    if (item.kind === "mentioned") { openMention(/** @type {number} */ (item.place)); return; }
    const events = store.eventsOn(new Set(item.spots));
    if (item.kind === "cluster" && map.getZoom() < 13) {
      const { spot } = data, points = item.spots.map((s) => [spot.lat[s] / 1e5, spot.lon[s] / 1e5]);
      map.fitBounds(points, { padding: [90, 90], maxZoom: 13, animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
      return;
    }
    const onBadge = Math.abs(x - item.x) <= item.w + 6 && Math.abs(y - item.y) <= 17;
    const also = item.kind === "area" ? marks.areasAt(x, y, eventLayer.view).filter((other) => other !== item).slice(0, 4).map((other) => ({
      label: `${meta.places[data.spot.place[other.spots[0]]]} (${other.n})`, open: () => open(store.eventsOn(new Set(other.spots)), 0, latLng(other)),
    })) : [];
    open(events, 0, item.kind === "area" && !onBadge ? e.latlng : latLng(item), also);
  });
  map.on("mousemove", (/** @type {any} */ e) => {
    const [x, y] = onCanvas(e), item = marks.hit(x, y, eventLayer.view, 3);
    container.classList.toggle("on-mark", !!item);
    hover(item, e.containerPoint);
  });
  map.on("mouseout movestart", () => hover(null, null));
  const tip = byId("em-tip");
  container.append(tip);
  /** @param {import("./marks.js").Item|null} item @param {any} at */
  function hover(item, at) {
    tip.hidden = !item;
    if (!item) return;
    const { spot } = data, name = item.kind === "mentioned" ? meta.mentioned[/** @type {number} */ (item.place)].name : meta.places[spot.place[item.spots[0]]];
    const text = item.kind === "mentioned" ? `${name}: only mentioned` : item.kind === "cluster" ? `${plural(item.n, "event")} at ${plural(new Set(item.spots.map((s) => spot.place[s])).size, "place")}: zoom in`
      : `${name}: ${item.n === 1 ? typeStyle(meta.types[item.types.findIndex(Boolean)]).label : plural(item.n, "event")}`;
    if (tip.textContent !== text) tip.textContent = text;
    tip.style.transform = `translate(${Math.round(Math.min(at.x + 14, container.clientWidth - tip.offsetWidth - 6))}px, ${Math.round(at.y + 16)}px)`;
  }

  // ---- address
  let ready = false, saving = 0, act = "", lastAct = "", lastAt = -1e9;
  const idOf = (/** @type {number} */ i) => store.texts ? eventFacts(store, i).id : String(i);
  /** Put the view into the address. A deliberate act is a step that "back" undoes; the same act again at once (a slider being dragged) is the same step. @param {string} [kind] of act */
  function saveAddress(kind = "") {
    if (!ready) return;
    act ||= kind;
    clearTimeout(saving);
    saving = window.setTimeout(() => {
      const hash = writeAddress(store, map, idOf), now = performance.now(), again = act === lastAct && now - lastAt < 1500, step = act !== "" && !again && !framed();
      if (act) { lastAct = act; lastAt = now; }
      act = "";
      if (hash === location.hash) return;
      // Frames without an origin of their own may not touch their history.
      try { history[step ? "pushState" : "replaceState"](null, "", hash); } catch { ready = false; }
    }, 150);
  }
  map.on("moveend", () => { if (follow.checked && store.tab === "events") fillList(); saveAddress(); });
  /** Show what the address says. It may be left again before the texts are read. */
  function restore() {
    const hash = location.hash, { view, event: wanted, mention, from, to } = readAddress(store, hash);
    clearTimeout(saving); act = "";
    close(true);
    timeline.set(from, to, true);
    follow.checked = store.follow;
    if (view) map.setView([view[1], view[2]], view[0], { animate: false });
    else home();
    apply("");
    if (wanted || mention >= 0) texts.then(() => {
      if (location.hash !== hash) return;
      if (mention >= 0) openMention(mention, false, true);
      for (let i = 0; wanted && i < data.n; i++) if (store.mask[i] && eventFacts(store, i).id === wanted) { pick(i, true); break; }
    });
  }
  function home() {
    if (meta.bounds) map.fitBounds(meta.bounds, { padding: PHONE.matches ? [10, 10] : [26, 26], maxZoom: 8, animate: false });
    else map.setView([12, 5], 3, { animate: false });
  }
  addEventListener("hashchange", () => { ready = false; restore(); ready = true; });

  // ---- tools
  const title = meta.title, hashNow = () => writeAddress(store, map, idOf);
  const menu = byId("em-menu");
  const tool = (/** @type {string} */ id, /** @type {() => void} */ action) => byId(id).addEventListener("click", () => { menu.open = false; texts.then(action); });
  tool("em-copy-link", () => copyOrShow(location.href.split("#")[0] + hashNow(), "Link"));
  tool("em-embed", () => copyOrShow(embedCode(title, hashNow()), "Embed code"));
  tool("em-csv", () => { const text = csvText(store); saveFile(new Blob([text], { type: "text/csv;charset=utf-8" }), "events.csv", text); });
  tool("em-geojson", () => { const text = geojsonText(store); saveFile(new Blob([text], { type: "application/geo+json" }), "events.geojson", text); });
  tool("em-png", () => {
    const canvas = picture(map, store, { title, subtitle: `${sentence()}. ${timeline.empty ? "" : timeline.words()}`, credits: meta.credits_text,
      layers: [{ view: baseLayer.view, drawn: (g, v) => drawBasemap(g, v, base) }, { view: eventLayer.view, drawn: (g, v) => marks.draw(g, v) }, { view: labelLayer.view, drawn: (g, v) => drawLabels(g, v, base, marks, language) }] });
    canvas.toBlob((blob) => { if (blob) saveFile(blob, "map.png"); });
  });
  tool("em-corrections", saveCorrections);
  tool("em-print", () => window.print());
  tool("em-full", () => { const whole = document.documentElement; if (document.fullscreenElement) document.exitFullscreen(); else if (whole.requestFullscreen) whole.requestFullscreen().catch(() => toast("Full screen is not allowed here")); else toast("Full screen is not allowed here"); });
  tool("em-home", () => { close(); home(); });
  byId("em-about-button").addEventListener("click", () => { menu.open = false; byId("em-about").showModal(); byId("em-about-title").focus(); });
  document.addEventListener("click", (e) => { if (menu.open && !menu.contains(/** @type {Node} */ (e.target))) menu.open = false; });
  for (const button of document.querySelectorAll("dialog .close-dialog")) button.addEventListener("click", () => button.closest("dialog")?.close());
  const setDark = (/** @type {boolean} */ dark) => { document.documentElement.classList.toggle("dark", dark); refreshTheme(); if (baseLayer._map) { baseLayer.redraw(); eventLayer.redraw(); } timeline.draw(); };
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  setDark(scheme.matches);
  scheme.addEventListener("change", (e) => setDark(e.matches));
  byId("em-dark").addEventListener("click", () => setDark(!isDark()));
  let wasDark = false;
  addEventListener("beforeprint", () => { wasDark = isDark(); setDark(false); fillPrint(store, country);
    const paint = (/** @type {CanvasRenderingContext2D} */ g, /** @type {any} */ view) => { g.fillStyle = colour("sea"); g.fillRect(0, 0, view.w, view.h); drawBasemap(g, view, base); marks.draw(g, view); drawLabels(g, view, base, marks, language); };
    printMap(map, paint, `${sentence()}. ${timeline.empty ? "" : timeline.words() + ". "}${meta.credits_text}. Hatched: only the area is known. Hollow: place inferred. Clock: planned. Dotted: only mentioned.`);
    if (eventLayer._map) eventLayer.redraw();
  });
  addEventListener("afterprint", () => { setDark(wasDark); map.invalidateSize({ animate: false }); });
  for (const part of ["em-legend"]) { container.append(byId(part)); L.DomEvent.disableClickPropagation(byId(part)); L.DomEvent.disableScrollPropagation(byId(part)); }
  if (PHONE.matches) byId("em-legend").open = false;

  // ---- go
  map.setView([12, 5], 3, { animate: false });
  baseLayer.addTo(map); eventLayer.addTo(map); labelLayer.addTo(map);
  restore();
  document.documentElement.classList.add("ready");
  performance.mark("drawn");
  ready = true;
  new ResizeObserver(() => { map.invalidateSize({ animate: false }); timeline.draw(); list.render(); }).observe(container);
  new ResizeObserver(() => list.render()).observe(box);
  await loadTexts();
  fillList();
  list.mark(store.selected);
  if (store.query) apply();
  document.documentElement.dataset.texts = "ready";
  performance.mark("texts");
  const idle = window.requestIdleCallback || ((/** @type {() => void} */ f) => setTimeout(f, 300));
  idle(() => store.prepareSearch());
  // Read-only, for tests and for whoever embeds the page.
  Object.defineProperty(window, "eventMap", { value: Object.freeze({
    tally: () => marks.tally(eventLayer.view), facts: (/** @type {number} */ i) => eventFacts(store, i), count: () => store.shownCount, shown: () => Array.from(store.shown.subarray(0, store.shownCount)), pick: (/** @type {number} */ i) => pick(i),
    items: () => marks.items.map(({ kind, x, y, n, place: p, area, spots }) => ({ kind, x: x - eventLayer.view.px, y: y - eventLayer.view.py, n, name: kind === "mentioned" ? meta.mentioned[/** @type {number} */ (p)].name : meta.places[data.spot.place[spots[0]]], outlined: kind === "mentioned" ? isOutlined(meta.mentioned[/** @type {number} */ (p)]) : kind === "area" && (area ?? -1) >= 0 })),
  }) });
}

start().catch((error) => {
  document.documentElement.classList.add("ready");
  const note = byId("em-count");
  if (note) note.textContent = "This page could not be drawn in this browser.";
  console.error(error);
});
