/** The page: decode, draw, then wire panels, list, receipts and address together. */
import { decodeBasemap, drawBasemap } from "./basemap.js";
import { block, decodeData } from "./decode.js";
import { describe } from "./describe.js";
import { announce, byId } from "./dom.js";
import { Texts } from "./facts.js";
import { makeFilters } from "./filters.js";
import { drawLabels } from "./labels.js";
import { canvasLayer } from "./layer.js";
import { keepClear, makeLegend } from "./legend.js";
import { Marks } from "./marks.js";
import { Measure } from "./measure.js";
import { isOutlined } from "./mentions.js";
import { makeMenu } from "./menu.js";
import { nameLocally } from "./names.js";
import { makeOpening } from "./opening.js";
import { makePanel } from "./panel.js";
import { watchPointer } from "./pointer.js";
import { countryName, eventFacts } from "./receipt.js";
import { makeSteps } from "./steps.js";
import { Store } from "./store.js";
import { isRtl, number, speak, t } from "./strings.js";
import { xml } from "./svg.js";
import { offerTiles } from "./tiles.js";
import { Timeline } from "./timeline.js";
import { watchLinks } from "./tools.js";

/**
 * @typedef {object} App what the parts of the page share
 * @property {any} map @property {Store} store @property {Marks} marks @property {import("./basemap.js").Basemap} base
 * @property {{base: any, events: any, labels: any}} layers canvases, from below
 * @property {string} language of the names on the map
 * @property {Promise<any>} texts read once the first picture stands
 * @property {(code: string|null) => string} country
 * @property {HTMLElement|null} opener what the focus goes back to
 * @property {Timeline} timeline @property {Measure} measure @property {ReturnType<typeof makePanel>} panel
 * @property {(kind?: string) => void} apply filter anew; the kind of the reader's act, none where the address is being followed
 * @property {() => string} sentence what the filters leave, in words
 * @property {ReturnType<typeof makeOpening>["open"]} open @property {ReturnType<typeof makeOpening>["openMention"]} openMention
 * @property {ReturnType<typeof makeOpening>["pick"]} pick @property {ReturnType<typeof makeOpening>["close"]} close
 * @property {ReturnType<typeof makeOpening>["latLng"]} latLng @property {() => void} saveCorrections
 * @property {(kind?: string) => void} saveAddress @property {() => void} home @property {() => string} hash
 */

/** The folium map, dressed for the page: panes, words, and controls on the side where reading begins. @param {any} meta */
function mapOf(meta) {
  const map = /** @type {any} */ (window)[/** @type {HTMLElement} */ (document.querySelector(".folium-map")).id], container = map.getContainer();
  map.attributionControl.setPrefix(xml(t("disclaimer")));
  map.attributionControl.addAttribution(xml(meta.credits));
  if (isRtl()) { map.zoomControl.setPosition("topright"); map.attributionControl.setPosition("bottomleft"); }
  for (const [name, words] of [["in", t("zoom.in")], ["out", t("zoom.out")]]) {
    const button = container.querySelector(".leaflet-control-zoom-" + name);
    for (const attribute of ["title", "aria-label"]) button?.setAttribute(attribute, words);
  }
  for (const [pane, z] of /** @type {[string, number][]} */ ([["em-base", 150], ["em-events", 420], ["em-labels", 430]])) map.createPane(pane).style.zIndex = String(z);
  map.getPane("em-labels").style.pointerEvents = "none";
  container.setAttribute("role", "application");
  container.setAttribute("aria-label", t("map.label"));
  container.setAttribute("aria-describedby", "em-description");
  return map;
}

async function start() {
  const [hot, rawBase, rawPage] = await Promise.all([block("em-data", true), block("em-base", true), block("em-words", true)]), read = (/** @type {Uint8Array} */ bytes) => JSON.parse(new TextDecoder().decode(bytes));
  const page = read(rawPage), language = page.labels || (navigator.language || "en").slice(0, 2).toLowerCase();
  speak(page.words, page.language);
  const data = decodeData(hot), base = decodeBasemap(read(rawBase), language), store = new Store(data), { meta } = data;
  nameLocally(store, base, page.language);
  const marks = new Marks(store), map = mapOf(meta), container = map.getContainer();

  let tiled = false, describing = 0, textReady = (/** @type {any} */ _) => {};
  const baseLayer = canvasLayer("em-base", (g, view) => drawBasemap(g, view, base));
  const labelLayer = canvasLayer("em-labels", (g, view) => { if (!tiled) drawLabels(g, /** @type {any} */ (view), base, marks, language); });
  const eventLayer = canvasLayer("em-events", (g, view) => { marks.draw(g, /** @type {any} */ (view)); if (labelLayer._map) labelLayer.redraw(); });
  const app = /** @type {App} */ ({
    map, store, marks, base, language, opener: null, layers: { base: baseLayer, events: eventLayer, labels: labelLayer },
    texts: new Promise((resolve) => { textReady = resolve; }), country: (/** @type {string|null} */ code) => countryName(code, base, language),
  });
  app.sentence = () => t(store.shownCount < data.n ? "count.of" : "count", { events: t("n.event", { n: store.shownCount }), total: data.n, placed: store.shownCount - store.unplacedCount, unplaced: store.unplacedCount });
  app.apply = (kind = "filter") => {
    store.apply();
    filters.show();
    app.timeline.draw();
    if (eventLayer._map) eventLayer.redraw();
    app.panel.fill();
    byId("em-count").textContent = app.sentence();
    announce(app.sentence());
    clearTimeout(describing);
    describing = window.setTimeout(() => { byId("em-description").textContent = describe(app); }, 250);
    app.saveAddress(kind);
  };
  app.timeline = new Timeline(store, () => app.apply("time"));
  app.panel = makePanel(app);
  const filters = makeFilters(app);
  app.measure = new Measure(map, container);
  Object.assign(app, makeOpening(app));
  const steps = makeSteps(app);
  Object.assign(app, steps);
  watchPointer(app);
  watchLinks();
  makeMenu(app);
  offerTiles(map, page.tiles || null, (on) => { tiled = on; labelLayer.redraw(); });
  map.on("moveend", () => { if (app.panel.follow.checked && store.tab === "events") app.panel.fill(); app.saveAddress(); });
  const legend = makeLegend(app);

  map.setView([12, 5], 3, { animate: false });
  steps.restore();
  // Only now, so that nothing is drawn twice.
  baseLayer.addTo(map); eventLayer.addTo(map);
  legend.settle();
  const underControls = keepClear(app);
  if (underControls) eventLayer.redraw();
  labelLayer.addTo(map);
  if (store.follow) app.panel.fill();
  document.documentElement.classList.add("ready");
  performance.mark("drawn");
  steps.begin();
  requestAnimationFrame(() => setTimeout(filters.offer));
  new ResizeObserver(() => { legend.rest(); keepClear(app); map.invalidateSize({ animate: false }); app.timeline.draw(); app.panel.list.render(); }).observe(container);

  // The texts stand last in the file, behind this script.
  if (document.readyState === "loading") await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
  store.texts = new Texts(await block("em-text"), data);
  textReady(store.texts);
  app.panel.fill();
  app.panel.list.mark(store.selected);
  if (store.query) app.apply();
  document.documentElement.dataset.texts = "ready";
  performance.mark("texts");
  const idle = window.requestIdleCallback || ((/** @type {() => void} */ f) => setTimeout(f, 300));
  const prepare = () => { if (store.prepareSearch()) idle(prepare); };
  idle(prepare);
  // Read-only, for tests and for whoever embeds the page.
  Object.defineProperty(window, "eventMap", { value: Object.freeze({
    tally: () => marks.tally(eventLayer.view), facts: (/** @type {number} */ i) => eventFacts(store, i), count: () => store.shownCount, shown: () => Array.from(store.shown.subarray(0, store.shownCount)), pick: (/** @type {number} */ i) => app.pick(i),
    items: () => marks.items.map(({ kind, x, y, n, place: p, area, spots }) => ({ kind, events: spots.length ? store.eventsOn(new Set(spots), Infinity) : [], x: x - eventLayer.view.px, y: y - eventLayer.view.py, n, name: kind === "mentioned" ? meta.mentioned[/** @type {number} */ (p)].name : meta.places[data.spot.place[spots[0]]], outlined: kind === "mentioned" ? isOutlined(meta.mentioned[/** @type {number} */ (p)]) : kind === "area" && (area ?? -1) >= 0 })),
  }) });
}

start().catch((error) => {
  document.documentElement.classList.add("ready");
  byId("em-failed").hidden = false;
  console.error(error);
});
