/** An event's receipt: what was reported, by whom, when, where, and why it stands on the map where it does. */
import { dateWords, iso, longDay, NO_DAY, STILL_ON } from "./dates.js";
import { link, make, webAddress, words } from "./dom.js";
import { say, t } from "./strings.js";
import { symbolCanvas, typeStyle } from "./types.js";

/** @typedef {import("./store.js").Store} Store */

/** What became of an event since an earlier run, by the code in its column. */
export const CHANGES = ["same", "new", "updated", "merged", "split"];
export const MARKS = ["trigger", "place", "date", "actor", "recipient"];

/** A quotation with its marked stretches. @param {string} text @param {number[]} marks start, end, kind, … in UTF-16 units @param {string|null} language */
export function quotation(text, marks, language) {
  const quote = words("blockquote", "", language);
  const spans = [];
  for (let k = 0; k < marks.length; k += 3) spans.push([marks[k], marks[k + 1], marks[k + 2]]);
  spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let at = 0;
  for (const [start, end, kind] of spans) {
    if (start < at || end <= start || end > text.length) continue;
    quote.append(text.slice(at, start), make("mark", { text: text.slice(start, end), class: "m-" + MARKS[kind], title: say("mark", MARKS[kind]) }));
    at = end;
  }
  quote.append(text.slice(at));
  return quote;
}

/** @param {Set<number>} kinds */
export function quotationKey(kinds) {
  return make("p", { class: "quote-key" }, ...[...kinds].sort().map((kind) => make("span", {}, make("mark", { class: "m-" + MARKS[kind], text: say("mark", MARKS[kind]) }))));
}

/** @param {string} text @param {number[]} marks */
function triggerOf(text, marks) {
  for (let k = 0; k < marks.length; k += 3) if (MARKS[marks[k + 2]] === "trigger") return text.slice(marks[k], marks[k + 1]);
  return null;
}

/** Everything about event i, from the columns and the text block. @param {Store} store @param {number} i */
export function eventFacts(store, i) {
  const { data, texts } = store, { meta, event, spot } = data, s = event.spot[i] - 1;
  const told = texts ? texts.told(i) : { id: String(i), mode: null, note: null, actors: [], dateText: "", changed: [], figures: [], reports: [], sources: 0, datePrecision: "day", dateBasis: "" };
  const start = event.start[i], end = event.end[i], { reports } = told;
  for (const r of reports) r.trigger ??= triggerOf(r.evidence, r.marks);
  return {
    ...told,
    type: meta.types[event.type[i]], status: meta.enums.status[event.status[i]], confidence: event.confidence[i],
    change: event.change?.[i] ? CHANGES[event.change[i]] : null,
    headline: reports.find((/** @type {any} */ r) => r.title)?.title || reports.find((/** @type {any} */ r) => r.evidence)?.evidence || t("untitled"),
    start: start === NO_DAY ? null : iso(start), end: start === NO_DAY || end === STILL_ON ? null : iso(end),
    place: s < 0 ? null : meta.places[spot.place[s]], named: s < 0 ? null : store.placeName(s), country: s < 0 || !event.country[i] ? null : meta.countries[event.country[i] - 1],
    precision: s < 0 ? null : meta.enums.precision[spot.precision[s]], basis: s < 0 ? null : meta.enums.basis[event.basis[i]],
    radius: s < 0 ? 0 : spot.radius[s] / 10, lat: s < 0 ? null : spot.lat[s] / 1e5, lon: s < 0 ? null : spot.lon[s] / 1e5,
    footprint: s < 0 ? null : meta.enums.footprint[spot.footprint[s]],
  };
}

/** A line of the evidence around the words that report the event. @param {any} report */
export function excerpt(report) {
  if (!report || !report.evidence) return null;
  const { evidence, marks, language } = report, line = words("span", "", language, "x");
  let start = 0, end = 0;
  for (let k = 0; k < marks.length && !end; k += 3) if (MARKS[marks[k + 2]] === "trigger") { start = marks[k]; end = marks[k + 1]; }
  let from = start > 34 ? evidence.indexOf(" ", start - 30) + 1 : 0;
  if (from > start) from = start;
  line.append((from ? "… " : "") + evidence.slice(from, start), make("b", { text: evidence.slice(start, end) }), evidence.slice(end, end + 160));
  return line;
}

/** The article, where the map was made to carry it. @param {Store} store @param {any} report */
function wholeArticle(store, report) {
  const text = store.texts?.whole(report.article);
  return text ? make("details", {}, make("summary", { text: t("article") }), words("div", text, report.language, "article")) : null;
}

/** How many were harmed: one number, or the lowest and the highest that any telling gives. @param {{kind: string, low: number, high: number}} figure */
export function figureWords({ kind, low, high }) {
  const harmed = say("figure", kind);
  return low === high ? t("figures.one", { n: low, kind: harmed }) : t("figures.range", { low, high, kind: harmed });
}

/** What became of the event since the run that the map is compared with. @param {any} facts */
export function changeTag(facts) {
  if (!facts.change) return null;
  const fields = facts.changed.map((/** @type {string} */ name) => say("field", name)).join(t("comma"));
  return make("span", { class: "tag changed", text: say("change", facts.change), title: fields ? t("change.fields", { fields }) : null });
}

/** @param {ReturnType<typeof eventFacts>} facts */
export const whenWords = (facts) => facts.start ? dateWords(facts.start, facts.end, facts.datePrecision) : t("date.none");

/** @param {string|null} code @param {import("./basemap.js").Basemap|null} base @param {string} language */
export function countryName(code, base, language) {
  if (!code) return "";
  const known = base?.labels.find((c) => c.code === code);
  if (known) return known.names[language] || known.names.en;
  try { return new Intl.DisplayNames([language], { type: "region" }).of(code) || code; } catch { return code; }
}

/**
 * @param {Store} store @param {number} i
 * @param {{country: (code: string|null) => string, index?: number, total?: number, step?: (by: number) => void, cite: (i: number) => void, also?: {label: string, open: () => void}[], form?: (facts: any) => HTMLElement|null}} options
 */
export function receipt(store, i, { country, index = 0, total = 1, step, cite, also = [], form }) {
  const facts = eventFacts(store, i), style = typeStyle(facts.type), first = facts.reports[0];
  const root = make("div", { class: "receipt" });
  root.append(make("p", { class: "kind" }, symbolCanvas(style, 18, facts.basis === "inferred"), make("b", { text: style.label }),
    facts.mode ? make("span", { text: say("mode", String(facts.mode)) }) : null,
    facts.status === "reported" ? null : make("span", { class: "tag", text: say("status", facts.status) }), changeTag(facts)));
  const title = words("h2", facts.headline, first?.language, first?.evidence && first.title ? "second" : undefined);
  title.tabIndex = -1;
  root.append(title);
  if (first?.evidence) {
    root.append(quotation(first.evidence, first.marks, first.language));
    const kinds = new Set(first.marks.filter((/** @type {number} */ _, /** @type {number} */ k) => k % 3 === 2));
    if (kinds.size) root.append(quotationKey(/** @type {Set<number>} */ (kinds)));
  }
  const list = make("dl"), figures = [];
  const fact = (/** @type {string} */ name, /** @type {any[]} */ ...content) => list.append(make("dt", { text: name }), make("dd", {}, ...content));
  fact(t("when"), whenWords(facts), facts.start ? make("small", { text: say("dated", facts.dateBasis) }) : null,
    facts.dateText ? make("small", {}, "“", words("span", facts.dateText, first?.language), "”") : null);
  if (facts.place) {
    fact(t("where"), words("span", facts.named), facts.country && facts.precision !== "country" ? t("comma") + country(facts.country) : "",
      make("small", { text: say("precision", facts.precision || "") + (facts.radius ? t("radius", { km: facts.radius }) : "") }), make("small", { text: say("basis", facts.basis || "") }));
  } else fact(t("where"), t("where.unsaid"), make("small", { text: t("where.off") }));
  if (facts.actors.length) {
    for (const [role, name] of [["actor", t("who")], ["recipient", t("whom")]]) {
      const these = facts.actors.filter((/** @type {any[]} */ a) => a[1] === role);
      if (these.length) fact(name, ...these.flatMap((/** @type {any[]} */ a, /** @type {number} */ k) => [k ? t("comma") : "", words("span", a[0], first?.language), a[2] ? ` (${country(a[2])})` : ""]));
    }
  }
  for (const figure of facts.figures) {
    const { tellings } = figure;
    figures.push(make("div", {}, figureWords(figure), tellings > 1 ? make("small", { text: t("figures.from", { n: tellings }) }) : null));
  }
  if (figures.length) fact(t("figures"), ...figures);
  fact(t("certainty"), `${facts.confidence}%`, make("small", { text: t("n.independent", { n: facts.sources }) + t("comma") + t("n.report", { n: facts.reports.length }) }));
  if (facts.note) fact(t("note"), words("span", facts.note));
  root.append(list);
  root.append(make("h3", { text: new Set(facts.reports.map((/** @type {any} */ r) => r.article)).size > 1 ? t("sources") : t("source") }), make("ul", { class: "sources" }, ...facts.reports.map((/** @type {any} */ r, /** @type {number} */ k) => {
    const href = webAddress(r.url), name = r.source || (href ? new URL(href).hostname : t("source.unnamed"));
    // An article that tells the event again is quoted again, not named again.
    const named = facts.reports.slice(0, k).some((/** @type {any} */ other) => other.article === r.article);
    const quoted = facts.reports.slice(0, k).some((/** @type {any} */ other) => other.evidence === r.evidence);
    const quote = r.evidence && !quoted ? quotation(r.evidence, r.marks, r.language) : null;
    if (named) return quote && k ? make("li", {}, quote) : null;
    return make("li", {}, href ? link(href, name + " ↗") : words("span", name),
      r.published ? make("small", { text: longDay(r.published) + (r.publishedBasis ? ` (${say("published", r.publishedBasis)})` : "") }) : make("small", { text: t("published.none") }),
      r.title && r.title !== facts.headline ? words("div", r.title, r.language, "other-title") : null, k ? quote : null, wholeArticle(store, r));
  })));
  const alternatives = facts.reports.flatMap((/** @type {any} */ r) => r.alternatives).filter((/** @type {any[]} */ a, /** @type {number} */ k, /** @type {any[][]} */ all) => all.findIndex((b) => b[0] === a[0] && b[1] === a[1]) === k);
  const whys = [[t("why.place"), first?.placeWhy || first?.why?.[1]], [t("why.role"), first?.placeWhy ? first?.why?.[1] : ""], [t("why.type"), first?.why?.[0]], [t("why.date"), first?.why?.[2]], [t("why.merged"), facts.reports.map((/** @type {any} */ r) => r.why?.[3]).find(Boolean)]].filter(([, text]) => text);
  if (whys.length || alternatives.length) {
    root.append(make("details", {}, make("summary", { text: t("why") }),
      make("dl", {}, ...whys.flatMap(([name, text]) => [make("dt", { text: name }), words("dd", /** @type {string} */ (text), "en")])),
      alternatives.length ? make("p", { class: "alt", text: t("others") }) : null,
      alternatives.length ? make("ul", {}, ...alternatives.slice(0, 8).map((/** @type {any[]} */ a) => make("li", {}, words("span", a[0]), a[1] ? t("comma") + country(a[1]) : "", make("small", { text: `${Math.round(a[2] * 100)}%` })))) : null));
  }
  if (also.length) root.append(make("p", { class: "also" }, t("also"), ...also.map((a) => make("button", { type: "button", class: "chip", text: a.label, onclick: a.open }))));
  const correct = form && form(facts);
  if (correct) root.append(correct);
  root.append(make("div", { class: "foot" }, make("button", { type: "button", class: "plain", text: t("cite"), onclick: () => cite(i) }),
    total > 1 && step ? make("span", { class: "pager" }, make("button", { type: "button", text: "‹", "aria-label": t("previous"), onclick: () => step(-1) }),
      make("span", { text: t("page", { k: index + 1, n: total }) }), make("button", { type: "button", text: "›", "aria-label": t("next"), onclick: () => step(1) })) : null));
  return root;
}

/** @param {any} place @param {any[]} mentions @param {Store} store @param {(code: string|null) => string} country */
export function mentionReceipt(place, mentions, store, country) {
  const root = make("div", { class: "receipt" }), title = words("h2", place.shown);
  title.tabIndex = -1;
  root.append(make("p", { class: "kind" }, make("b", { text: t("mentioned.kind") }), make("span", { text: t("mentioned.none") })), title);
  if (place.country && !place.labelled) root.append(make("p", { class: "sub", text: country(place.country) }));
  mentions.slice(0, 20).forEach(([heading, source, url, published, sentence, marks, kind]) => {
    const href = webAddress(url), name = source || (href ? new URL(href).hostname : t("source.unnamed"));
    root.append(quotation(sentence, marks, null), make("p", { class: "by" }, kind !== "literal" ? make("span", { class: "tag", text: kind }) : null, words("span", heading || ""), heading ? " · " : "",
      href ? link(href, name + " ↗") : words("span", name), published ? " · " + longDay(published) : ""));
  });
  if (mentions.length > 20) root.append(make("p", { class: "sub", text: t("more", { n: mentions.length - 20 }) }));
  return root;
}
