/** The menu: sharing, saving, printing, measuring, and how the page looks. */
import { byId } from "./dom.js";
import { drawBasemap } from "./basemap.js";
import { drawLabels } from "./labels.js";
import { drawing, picture } from "./picture.js";
import { fillPrint, printMap, printNumbers } from "./print.js";
import { t } from "./strings.js";
import { colour, isDark, refreshTheme } from "./theme.js";
import { copyOrShow, csvText, embedCode, geojsonText, sandboxed, saveFile, showText, toast } from "./tools.js";

/** @param {import("./main.js").App} app */
export function makeMenu(app) {
  const { store, map, base, marks, layers, timeline, texts, language } = app, { meta } = store.data, { title } = meta, menu = byId("em-menu");
  const tool = (/** @type {string} */ id, /** @type {() => void} */ action) => byId(id).addEventListener("click", () => { menu.open = false; texts.then(action); });
  const period = () => timeline.empty ? "" : timeline.words();
  const sheet = () => ({ title, subtitle: [app.sentence(), period()].filter(Boolean).join(". "), credits: `${t("disclaimer")} ${meta.credits_text}`,
    layers: [{ view: layers.base.view, drawn: (/** @type {any} */ g, /** @type {any} */ v) => drawBasemap(g, v, base) }, { view: layers.events.view, drawn: (/** @type {any} */ g, /** @type {any} */ v) => marks.draw(g, v) }, { view: layers.labels.view, drawn: (/** @type {any} */ g, /** @type {any} */ v) => drawLabels(g, v, base, marks, language) }] });
  const saveText = (/** @type {string} */ text, /** @type {string} */ name, /** @type {string} */ type) => saveFile(new Blob([text], { type }), name, text);

  tool("em-copy-link", () => copyOrShow(location.href.split("#")[0] + app.hash(), t("link")));
  tool("em-embed", () => copyOrShow(embedCode(title, app.hash()), t("embed")));
  tool("em-csv", () => saveText(csvText(store), "events.csv", "text/csv;charset=utf-8"));
  tool("em-geojson", () => saveText(geojsonText(store), "events.geojson", "application/geo+json"));
  tool("em-png", () => picture(map, store, sheet()).toBlob((blob) => { if (blob) saveFile(blob, "map.png"); }));
  tool("em-svg", () => { const text = drawing(map, store, sheet()); saveFile(new Blob([text], { type: "image/svg+xml;charset=utf-8" }), "map.svg", text); layers.events.redraw(); });
  tool("em-corrections", app.saveCorrections);
  tool("em-measure-start", () => { app.close(); app.measure.start(); });
  tool("em-home", () => { app.close(); app.home(); });
  const full = byId("em-full");
  if (!document.fullscreenEnabled) full.hidden = true;
  tool("em-full", () => { if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen().catch(() => toast(t("full.no"))); });
  byId("em-about-button").addEventListener("click", () => { menu.open = false; byId("em-about").showModal(); byId("em-about-title").focus(); });
  document.addEventListener("click", (e) => { if (menu.open && !menu.contains(/** @type {Node} */ (e.target))) menu.open = false; });
  menu.addEventListener("keydown", (/** @type {KeyboardEvent} */ e) => { if (e.key === "Escape" && menu.open) { menu.open = false; menu.querySelector("summary").focus(); e.stopPropagation(); } });
  for (const button of document.querySelectorAll("dialog .close-dialog")) button.addEventListener("click", () => button.closest("dialog")?.close());

  const titles = document.querySelector(".em-head .titles"), whole = byId("em-title-more");
  whole.addEventListener("click", () => whole.setAttribute("aria-expanded", String(/** @type {Element} */ (titles?.parentElement).classList.toggle("whole"))));
  if (titles) new ResizeObserver(() => { whole.hidden = whole.ariaExpanded !== "true" && titles.scrollHeight <= titles.clientHeight + 3; }).observe(titles);

  const setDark = (/** @type {boolean} */ dark) => { document.documentElement.classList.toggle("dark", dark); refreshTheme(); if (layers.base._map) { layers.base.redraw(); layers.events.redraw(); } timeline.draw(); };
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  setDark(scheme.matches);
  scheme.addEventListener("change", (e) => setDark(e.matches));
  byId("em-dark").addEventListener("click", () => setDark(!isDark()));

  let wasDark = false, printing = false;
  addEventListener("beforeprint", () => {
    printing = true;
    wasDark = isDark();
    setDark(false);
    fillPrint(store, app.country);
    marks.numbers = printNumbers(store);
    const paint = (/** @type {CanvasRenderingContext2D} */ g, /** @type {any} */ view) => { g.fillStyle = colour("sea"); g.fillRect(0, 0, view.w, view.h); drawBasemap(g, view, base); marks.draw(g, view); drawLabels(g, view, base, marks, language); };
    printMap(map, paint, `${[app.sentence(), period()].filter(Boolean).join(". ")}. ${t("key.areas")} ${t("disclaimer")} ${meta.credits_text}.`);
    marks.numbers = null;
    if (layers.events._map) layers.events.redraw();
  });
  addEventListener("afterprint", () => { setDark(wasDark); map.invalidateSize({ animate: false }); });
  tool("em-print", () => {
    printing = false;
    window.print();
    if (!printing && sandboxed()) showText("", t("print.no", { address: location.protocol === "about:" ? "" : location.href }));
  });
}
