/** What a reader puts right, collected while the page is open and written in the format of mapper/corrections.py. */
import { dayOf } from "./dates.js";
import { make } from "./dom.js";
import { t } from "./strings.js";
import { knownTypes, typeStyle } from "./types.js";

/** @typedef {{article: string, evidence: string, trigger: string|null, at: string|null, do: string, to: string|null, who: string, why: string}} Correction */

const ACTIONS = ["place", "type", "date", "drop", "note"];
const CONTROLS = /[\u0000-\u001f\u007f"\\]/g;
/** @type {Record<string, string>} */
const SHORT = { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\" };

/** Any text as a TOML basic string. @param {string} text */
export const tomlString = (text) => '"' + text.replace(CONTROLS, (c) => Object.hasOwn(SHORT, c) ? SHORT[c] : "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0")) + '"';

/** @param {Correction[]} items */
export function correctionsToml(items) {
  const blocks = items.map((item) => ["[[correction]]", ...["article", "evidence", "trigger", "at", "do", "to", "who", "why"].flatMap((key) => {
    const value = /** @type {any} */ (item)[key];
    return value === null ? [] : [`${key} = ${tomlString(value)}`];
  })].join("\n"));
  return ["# Apply with: mapper map ARTICLES --corrections corrections.toml", ...blocks].join("\n\n") + "\n";
}

/** Is it a day, a range of days, "none", or a range still going on? @param {string} text */
export function isDates(text) {
  if (text === "none") return true;
  const [from, to, more] = text.split("/");
  if (more !== undefined || Number.isNaN(dayOf(from)) || new Date(from + "T00:00:00Z").toISOString().slice(0, 10) !== from) return false;
  return !to || (!Number.isNaN(dayOf(to)) && dayOf(to) >= dayOf(from));
}

/**
 * @param {import("./store.js").Store} store @param {any} facts of the event
 * @param {{places: [string, string][], added: () => void, save: () => void}} options id and name of places to offer
 */
export function correctionForm(store, facts, { places, added, save }) {
  const root = make("details", { class: "correct" }), tellings = facts.reports.filter((/** @type {any} */ r) => r.hash && r.evidence);
  if (!tellings.length) return null;
  const list = "em-correct-places";
  const action = make("select", { "aria-label": t("correct.what") }, ...ACTIONS.map((value) => make("option", { value, text: t("correct." + value) })));
  const type = make("select", { "aria-label": t("why.type") }, ...knownTypes.map((code) => make("option", { value: code, text: typeStyle(code).label })));
  type.value = facts.type;
  const place = make("input", { type: "text", list, autocomplete: "off", spellcheck: "false", placeholder: t("correct.hint.place") });
  const date = make("input", { type: "text", autocomplete: "off", placeholder: "2014-04-03, 2014-04-02/2014-04-05, none" });
  const note = make("input", { type: "text", dir: "auto" }), who = make("input", { type: "text", dir: "auto", autocomplete: "off" }), why = make("input", { type: "text", dir: "auto", autocomplete: "off" });
  who.value = store.reader;
  const values = { place, type, date, note }, names = { place: t("correct.placeid"), type: t("why.type"), date: t("why.date"), note: t("note") };
  const fields = Object.entries(values).map(([key, input]) => make("label", { "data-for": key }, make("span", { text: /** @type {any} */ (names)[key] }), input));
  const refresh = () => { for (const field of fields) field.hidden = field.dataset.for !== action.value; };
  action.addEventListener("change", refresh);
  refresh();
  const problem = make("p", { class: "problem", role: "alert" });
  const saver = make("button", { type: "button", onclick: save });
  const count = () => { saver.hidden = !store.corrections.length; saver.textContent = t("correct.save", { n: store.corrections.length }); };
  const add = () => {
    const kind = action.value, to = kind === "drop" ? null : /** @type {any} */ (values)[kind].value.trim();
    const wrong = to === "" ? t("wrong.empty", { field: /** @type {any} */ (names)[kind] }) : kind === "place" && /\s/.test(to) ? t("wrong.place") : kind === "date" && !isDates(to) ? t("wrong.date")
      : !who.value.trim() ? t("wrong.who") : !why.value.trim() ? t("wrong.why") : "";
    problem.textContent = wrong;
    if (wrong) return;
    store.reader = who.value.trim();
    // A merged event is corrected in every article that tells it.
    for (const r of tellings) store.corrections.push({ article: r.hash, evidence: r.evidence, trigger: r.trigger, at: facts.place, do: kind, to, who: store.reader, why: why.value.trim() });
    count();
    added();
  };
  count();
  root.append(make("summary", { text: t("correct") }), make("div", { class: "fields" }, make("label", {}, make("span", { text: t("correct.what") }), action), ...fields,
    make("datalist", { id: list }, make("option", { value: "none", label: t("correct.noplace") }), ...places.map(([value, label]) => make("option", { value, label }))),
    make("label", {}, make("span", { text: t("correct.who") }), who), make("label", {}, make("span", { text: t("correct.why") }), why)), problem,
    make("p", { class: "acts" }, make("button", { type: "button", text: t("correct.add"), onclick: add }), saver),
    make("p", { class: "by", text: t("correct.kept") }));
  return root;
}
