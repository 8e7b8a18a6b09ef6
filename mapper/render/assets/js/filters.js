/** What the reader leaves in: by type, status, change, country, source, actor, certainty and words. */
import { readAddress } from "./address.js";
import { byId, make } from "./dom.js";
import { CHANGES } from "./receipt.js";
import { number, say, t } from "./strings.js";
import { symbolCanvas, typeRank, typeStyle } from "./types.js";

/** @typedef {"types"|"statuses"|"changes"} Choice a list of 0 and 1 in the store */

/** @param {import("./main.js").App} app */
export function makeFilters(app) {
  const { store, country } = app, { data } = store, { meta, event } = data;
  /** @type {{box: any, count: any, index: number, which: Choice}[]} */
  const boxes = [];
  const addBox = (/** @type {HTMLElement} */ parent, /** @type {number} */ index, /** @type {Choice} */ which, /** @type {string} */ label, /** @type {Node|null} */ sign) => {
    const input = make("input", { type: "checkbox", onchange: () => { store[which][index] = +input.checked; app.apply(which + index); } }), count = make("span", { class: "c" });
    const alone = () => store.types[index] && store.types.reduce((a, b) => a + b, 0) === 1;
    const only = which === "types" ? make("button", { type: "button", class: "only", text: t("only"), "aria-label": t("only.this", { label }), onclick: (/** @type {Event} */ e) => { e.preventDefault(); store.types.fill(alone() ? 1 : 0); store.types[index] = 1; app.apply("only" + index); } }) : null;
    parent.append(make("div", { class: "t" }, make("label", {}, input, sign, make("span", { class: "l", text: label }), count), only));
    boxes.push({ box: input, count, index, which });
  };
  /** @type {number[][]} events by type and status */
  const totals = meta.types.map(() => Array(meta.enums.status.length).fill(0));
  const changes = CHANGES.map(() => 0);
  for (let i = 0; i < data.n; i++) { totals[event.type[i]][event.status[i]]++; changes[event.change ? event.change[i] : 0]++; }
  meta.types.map((/** @type {string} */ code, /** @type {number} */ type) => ({ code, type })).sort((/** @type {any} */ a, /** @type {any} */ b) => typeRank(a.code) - typeRank(b.code))
    .forEach((/** @type {any} */ { code, type }) => addBox(byId("em-types"), type, "types", typeStyle(code).label, symbolCanvas(typeStyle(code), 17)));
  meta.enums.status.forEach((/** @type {string} */ s, /** @type {number} */ k) => { if (meta.status_counts[k]) addBox(byId("em-statuses"), k, "statuses", say("status", s), null); });
  if (meta.since) {
    byId("em-since").hidden = false;
    byId("em-since-name").textContent = t("since", { since: meta.since });
    CHANGES.forEach((name, k) => { if (changes[k]) addBox(byId("em-changes"), k, "changes", say("change", name), null); });
  }
  /** @type {(() => void)[]} lists of thousands of names, made when the first picture stands */
  const offers = [];
  const select = (/** @type {"country"|"source"|"actor"} */ field, /** @type {string[]} */ names) => {
    const element = byId("em-" + field);
    element.append(make("option", { value: "-1", text: t("all." + field) }));
    offers.push(() => {
      const order = new Intl.Collator().compare;
      element.append(...names.slice(0, 3000).map((name, k) => /** @type {[string, number]} */ ([name, k])).sort((a, b) => order(a[0], b[0])).map(([name, k]) => make("option", { value: k, text: name, dir: "auto" })));
      element.value = String(store[field]);
    });
    element.addEventListener("change", () => { store[field] = +element.value; app.apply(field); });
    if (names.length < 2) element.closest(".field").hidden = true;
  };
  select("country", meta.countries.map(country));
  select("source", meta.sources);
  select("actor", meta.actors);
  const sure = byId("em-sure"), query = byId("em-query"), mentioned = byId("em-show-mentioned");
  sure.addEventListener("input", () => { store.confidence = +sure.value; app.apply("sure"); });
  let typing = 0;
  query.addEventListener("input", () => { clearTimeout(typing); typing = window.setTimeout(() => { store.query = query.value; app.texts.then(() => app.apply("search")); }, 110); });
  byId("em-reset").addEventListener("click", () => { readAddress(store, ""); app.timeline.set(-Infinity, Infinity, true); app.apply("reset"); query.focus(); });
  const toggle = byId("em-filter-toggle");
  toggle.addEventListener("click", () => { const open = byId("em-filters").classList.toggle("open"); toggle.setAttribute("aria-expanded", String(open)); if (open) byId("em-filters").scrollIntoView({ block: "nearest" }); });
  mentioned.addEventListener("change", () => { store.showMentioned = mentioned.checked; app.layers.events.redraw(); app.saveAddress("mentioned"); });

  const offer = () => { for (const make of offers) make(); };
  /** Make the controls say what the store holds. */
  function show() {
    for (const { box, count, index, which } of boxes) {
      // A type of which only filtered-out statuses tell (history, denials) is no choice yet.
      if (which === "types") box.closest(".t").hidden = !totals[index].some((/** @type {number} */ n, /** @type {number} */ s) => n && store.statuses[s]);
      box.checked = !!store[which][index];
      count.textContent = number((which === "types" ? store.typeCounts : which === "statuses" ? store.statusCounts : changes)[index]);
    }
    for (const field of /** @type {const} */ (["country", "source", "actor"])) byId("em-" + field).value = String(store[field]);
    sure.value = String(store.confidence);
    byId("em-sure-out").textContent = store.confidence ? t("sure.least", { n: store.confidence }) : t("sure.any");
    if (query.value !== store.query && document.activeElement !== query) query.value = store.query;
    mentioned.checked = store.showMentioned;
    byId("em-reset").hidden = !store.narrowed;
  }
  return { show, offer };
}
