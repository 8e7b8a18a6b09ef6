/** An event's receipt: what was reported, by whom, when, where, and why it stands on the map where it does. */
import { dateWords, iso, longDay, NO_DAY, STILL_ON } from "./dates.js";
import { link, make, plural, webAddress, words } from "./dom.js";
import { symbolCanvas, typeStyle } from "./types.js";

/** @typedef {import("./store.js").Store} Store */

const PRECISION = { exact: "exact spot", near: "near this place", settlement: "town or village", admin2: "district: where in it is not known", admin1: "province: where in it is not known", country: "country: where in it is not known", region: "region: where in it is not known" };
const BASIS = { stated: "stated in the text", inherited: "taken from an earlier sentence", inferred: "inferred, not stated" };
const DATE_BASIS = { explicit: "given in the text", relative: "worked out from the text", published: "from the publication date", inferred: "inferred" };
const PUBLISHED_BASIS = { given: "given with the article", metadata: "from the page's metadata", url: "from its address", dateline: "from its dateline", caption: "from a caption" };
const STATUS = { planned: "Planned", background: "Background", denied: "Denied", hypothetical: "Hypothetical" };
export const MARKS = ["trigger", "place", "date", "actor", "recipient"];
const MARK_WORDS = { trigger: "what happened", place: "where", date: "when", actor: "who", recipient: "to whom" };

/** @param {Record<string, string>} map @param {string} key */
const say = (map, key) => Object.hasOwn(map, key) ? map[key] : key;

/** A quotation with its marked stretches. @param {string} text @param {number[]} marks start, end, kind, … in UTF-16 units @param {string|null} language */
export function quotation(text, marks, language) {
  const quote = words("blockquote", "", language);
  const spans = [];
  for (let k = 0; k < marks.length; k += 3) spans.push([marks[k], marks[k + 1], marks[k + 2]]);
  spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let at = 0;
  for (const [start, end, kind] of spans) {
    if (start < at || end <= start || end > text.length) continue;
    quote.append(text.slice(at, start), make("mark", { text: text.slice(start, end), class: "m-" + MARKS[kind], title: say(MARK_WORDS, MARKS[kind]) }));
    at = end;
  }
  quote.append(text.slice(at));
  return quote;
}

/** @param {Set<number>} kinds */
export function quotationKey(kinds) {
  return make("p", { class: "quote-key" }, ...[...kinds].sort().map((kind) => make("span", {}, make("mark", { class: "m-" + MARKS[kind], text: say(MARK_WORDS, MARKS[kind]) }))));
}

/** @param {string} text @param {number[]} marks */
function triggerOf(text, marks) {
  for (let k = 0; k < marks.length; k += 3) if (MARKS[marks[k + 2]] === "trigger") return text.slice(marks[k], marks[k + 1]);
  return null;
}

/** Everything about event i, from the columns and the text block. @param {Store} store @param {number} i */
export function eventFacts(store, i) {
  const { data, texts } = store, { meta, event, spot } = data, s = event.spot[i] - 1;
  const rest = texts ? JSON.parse(texts.get("rest", i)) : [String(i), null, null, [], "", []];
  const titles = texts ? texts.get("title", i).split("\u001f") : [""], evidence = texts ? texts.get("evidence", i).split("\u001f") : [""];
  const start = event.start[i], end = event.end[i];
  return {
    id: rest[0], mode: rest[1], note: rest[2], actors: rest[3].map((/** @type {any[]} */ a) => [meta.actors[a[0]], a[1], a[2]]), dateText: rest[4],
    reports: rest[5].map((/** @type {any[]} */ r, /** @type {number} */ k) => ({
      title: titles[k] || "", evidence: evidence[k] || "", article: r[0], source: r[1] < 0 ? null : meta.sources[r[1]], url: r[2], published: r[3], publishedBasis: r[4],
      language: r[5], marks: r[6], alternatives: r[7], placeWhy: r[8], why: r[9], hash: store.tail.hashes[r[10]] || null, trigger: r[11] ?? triggerOf(evidence[k] || "", r[6]),
    })),
    type: meta.types[event.type[i]], status: meta.enums.status[event.status[i]], confidence: event.confidence[i], sources: event.independent[i],
    headline: titles.find(Boolean) || evidence.find(Boolean) || "Untitled report",
    start: start === NO_DAY ? null : iso(start), end: start === NO_DAY || end === STILL_ON ? null : iso(end),
    datePrecision: meta.enums.date_precision[event.date_precision[i]], dateBasis: meta.enums.date_basis[event.date_basis[i]],
    place: s < 0 ? null : meta.places[spot.place[s]], country: s < 0 || !event.country[i] ? null : meta.countries[event.country[i] - 1],
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

/** @param {ReturnType<typeof eventFacts>} facts */
export const whenWords = (facts) => facts.start ? dateWords(facts.start, facts.end, facts.datePrecision) : "date not known";

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
    facts.mode ? make("span", { text: String(facts.mode).replace(/_/g, " ") }) : null,
    Object.hasOwn(STATUS, facts.status) ? make("span", { class: "tag", text: say(STATUS, facts.status) }) : null));
  const title = words("h2", facts.headline, first?.language, first?.evidence && first.title ? "second" : undefined);
  title.tabIndex = -1;
  root.append(title);
  if (first?.evidence) {
    root.append(quotation(first.evidence, first.marks, first.language));
    const kinds = new Set(first.marks.filter((/** @type {number} */ _, /** @type {number} */ k) => k % 3 === 2));
    if (kinds.size) root.append(quotationKey(/** @type {Set<number>} */ (kinds)));
  }
  const list = make("dl");
  const fact = (/** @type {string} */ name, /** @type {any[]} */ ...content) => list.append(make("dt", { text: name }), make("dd", {}, ...content));
  fact("When", whenWords(facts), facts.start ? make("small", { text: say(DATE_BASIS, facts.dateBasis) }) : null,
    facts.dateText ? make("small", {}, "“", words("span", facts.dateText, first?.language), "”") : null);
  if (facts.place) {
    fact("Where", words("span", facts.place), facts.country && facts.precision !== "country" ? `, ${country(facts.country)}` : "",
      make("small", { text: say(PRECISION, facts.precision || "") + (facts.radius ? `, within about ${facts.radius} km` : "") }), make("small", { text: say(BASIS, facts.basis || "") }));
  } else fact("Where", "not said", make("small", { text: "so it is not on the map" }));
  if (facts.actors.length) {
    for (const [role, name] of [["actor", "Who"], ["recipient", "To whom"]]) {
      const these = facts.actors.filter((/** @type {any[]} */ a) => a[1] === role);
      if (these.length) fact(name, ...these.flatMap((/** @type {any[]} */ a, /** @type {number} */ k) => [k ? ", " : "", words("span", a[0], first?.language), a[2] ? ` (${country(a[2])})` : ""]));
    }
  }
  fact("Certainty", `${facts.confidence}%`, make("small", { text: `${plural(facts.sources, "independent source")}, ${plural(facts.reports.length, "report")}` }));
  if (facts.note) fact("Note", words("span", facts.note));
  root.append(list);
  root.append(make("h3", { text: new Set(facts.reports.map((/** @type {any} */ r) => r.article)).size > 1 ? "Sources" : "Source" }), make("ul", { class: "sources" }, ...facts.reports.map((/** @type {any} */ r, /** @type {number} */ k) => {
    const href = webAddress(r.url), name = r.source || (href ? new URL(href).hostname : "source not named");
    // An article that tells the event again is quoted again, not named again.
    const named = facts.reports.slice(0, k).some((/** @type {any} */ other) => other.article === r.article);
    const quoted = facts.reports.slice(0, k).some((/** @type {any} */ other) => other.evidence === r.evidence);
    const quote = r.evidence && !quoted ? quotation(r.evidence, r.marks, r.language) : null;
    if (named) return quote && k ? make("li", {}, quote) : null;
    return make("li", {}, href ? link(href, name + " ↗") : words("span", name),
      r.published ? make("small", { text: longDay(r.published) + (r.publishedBasis ? ` (${say(PUBLISHED_BASIS, r.publishedBasis)})` : "") }) : make("small", { text: "publication date not known" }),
      r.title && r.title !== facts.headline ? words("div", r.title, r.language, "other-title") : null, k ? quote : null);
  })));
  const alternatives = facts.reports.flatMap((/** @type {any} */ r) => r.alternatives).filter((/** @type {any[]} */ a, /** @type {number} */ k, /** @type {any[][]} */ all) => all.findIndex((b) => b[0] === a[0] && b[1] === a[1]) === k);
  const whys = [["Place", first?.placeWhy || first?.why?.[1]], ["Role", first?.placeWhy ? first?.why?.[1] : ""], ["Type", first?.why?.[0]], ["Date", first?.why?.[2]]].filter(([, text]) => text);
  if (whys.length || alternatives.length) {
    root.append(make("details", {}, make("summary", { text: "Why here, and what else it could be" }),
      make("dl", {}, ...whys.flatMap(([name, text]) => [make("dt", { text: name }), words("dd", /** @type {string} */ (text))])),
      alternatives.length ? make("p", { class: "alt", text: "Other places of that name:" }) : null,
      alternatives.length ? make("ul", {}, ...alternatives.slice(0, 8).map((/** @type {any[]} */ a) => make("li", {}, words("span", a[0]), a[1] ? `, ${country(a[1])}` : "", make("small", { text: `${Math.round(a[2] * 100)}%` })))) : null));
  }
  if (also.length) root.append(make("p", { class: "also" }, "Also here: ", ...also.map((a) => make("button", { type: "button", class: "chip", text: a.label, onclick: a.open }))));
  const correct = form && form(facts);
  if (correct) root.append(correct);
  root.append(make("div", { class: "foot" }, make("button", { type: "button", class: "plain", text: "Copy citation", onclick: () => cite(i) }),
    total > 1 && step ? make("span", { class: "pager" }, make("button", { type: "button", text: "‹", "aria-label": "Previous event here", onclick: () => step(-1) }),
      make("span", { text: `${index + 1} of ${total}` }), make("button", { type: "button", text: "›", "aria-label": "Next event here", onclick: () => step(1) })) : null));
  return root;
}

/** @param {any} place @param {any[]} mentions @param {Store} store @param {(code: string|null) => string} country */
export function mentionReceipt(place, mentions, store, country) {
  const root = make("div", { class: "receipt" }), title = words("h2", place.name);
  title.tabIndex = -1;
  root.append(make("p", { class: "kind" }, make("b", { text: "Also mentioned" }), make("span", { text: "no event of this map happened here" })), title);
  if (place.country && !place.labelled) root.append(make("p", { class: "sub", text: country(place.country) }));
  mentions.slice(0, 20).forEach(([heading, source, url, published, sentence, marks, kind]) => {
    const href = webAddress(url), name = source || (href ? new URL(href).hostname : "source not named");
    root.append(quotation(sentence, marks, null), make("p", { class: "by" }, kind !== "literal" ? make("span", { class: "tag", text: kind }) : null, words("span", heading || ""), heading ? " · " : "",
      href ? link(href, name + " ↗") : words("span", name), published ? " · " + longDay(published) : ""));
  });
  if (mentions.length > 20) root.append(make("p", { class: "sub", text: `and ${mentions.length - 20} more` }));
  return root;
}
