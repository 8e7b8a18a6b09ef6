/** Who told an event, in which words, and why it was read so: put together from the second block when asked for. */
import { decodeBlock, Lines } from "./decode.js";

/** @typedef {import("./decode.js").Column} Column */

/** Where each row's stretch of a flat list starts. @param {Column} counts */
export function starts(counts) {
  const out = new Uint32Array(counts.length + 1);
  for (let i = 0, at = 0; i < counts.length; i++) out[i + 1] = at += counts[i];
  return out;
}

/** A line that may be JSON, where the text holds what parts lines. @param {string} text @returns {string} */
const exact = (text) => text.startsWith('"') ? JSON.parse(text) : text;
const hex = (/** @type {number} */ value) => value.toString(16).padStart(8, "0");

export class Texts {
  /** @param {Uint8Array} bytes @param {import("./decode.js").Data} data */
  constructor(bytes, data) {
    const { meta, tables, texts } = decodeBlock(bytes);
    this.data = data;
    this.tables = tables;
    this.event = tables.event || {};
    /** Article of each telling. @type {Column} */
    this.articleOf = tables.telling?.article || new Uint32Array(0);
    /** Sentence of each telling, where the map carries any. @type {Column|null} */
    this.sentenceOf = tables.telling?.sentence || null;
    this.firstTelling = starts(this.event.tellings || new Uint8Array(0));
    /** @type {Record<string, {from: number, to: number}>} */
    this.places = {};
    this.bytes = texts;
    let at = 0;
    for (const [name, size] of meta.sections) { this.places[name] = { from: at, to: at + size }; at += size; }
    /** @type {Record<string, Lines>} */
    this.sections = {};
    /** @type {Record<string, Uint32Array>} */
    this.offsets = {};
    /** Articles by id. @type {Map<string, string>|null} */
    this.wholes = null;
  }

  /** Lines of a section, decoded when first asked for. @param {string} name @returns {Lines} */
  lines(name) {
    const place = this.places[name];
    return this.sections[name] ||= new Lines(place ? new TextDecoder().decode(this.bytes.subarray(place.from, place.to)) : "");
  }

  /** @param {string} name @param {number} i */
  get(name, i) { return this.lines(name).get(i); }

  /** Where each row's stretch starts in lists that not every reader asks for. @param {string} table @param {string} name */
  startsOf(table, name) {
    return this.offsets[table + name] ||= starts((table === "event" ? { ...this.event, ...this.data.event } : this.tables[table])[name] || new Uint8Array(0));
  }

  /** @param {number} k */
  actor(k) {
    const { actors } = this.data.meta;
    return k < actors.length ? actors[k] : this.get("actors", k - actors.length);
  }

  /** The event's own id. @param {number} i @returns {string} */
  id(i) {
    return this.event.id_high ? hex(this.event.id_high[i]) + hex(this.event.id_low[i]) : exact(this.get("ids", i));
  }

  /** @param {number} k article */
  article(k) {
    const { source, published, basis, language, hash_high: high, hash_low: low } = this.tables.article, [title, url, id, odd] = this.get("articles", k).split("\u001f");
    const hash = odd ? exact(odd) : high && (high[k] || low[k]) ? hex(high[k]) + hex(low[k]) : null;
    return {
      title, url: url || null, article: id ? exact(id) : hash, hash, source: source[k] ? this.data.meta.sources[source[k] - 1] : null,
      published: this.get("published", published[k]) || null, publishedBasis: this.get("basis", basis[k]) || null, language: this.get("language", language[k]) || null,
    };
  }

  /** @param {number} t telling */
  words(t) {
    const { telling, mark, other } = this.tables;
    if (!this.sentenceOf) return { evidence: "", marks: [], alternatives: [], placeWhy: "", why: ["", "", "", ""], trigger: null };
    const m = this.startsOf("telling", "marks"), o = this.startsOf("telling", "others"), marks = [], alternatives = [];
    for (let k = m[t]; k < m[t + 1]; k++) marks.push(mark.start[k], mark.start[k] + mark.length[k], mark.kind[k]);
    for (let k = o[t]; k < o[t + 1]; k++) {
      const [name, country, id] = this.get("others", other.name[k]).split("\u001e");
      alternatives.push([name, country || null, other.score[k] / 1000, id]);
    }
    return {
      evidence: this.get("sentences", this.sentenceOf[t]), marks, alternatives, placeWhy: this.get("place_why", telling.place_why[t]),
      why: ["why_type", "why_place", "why_date", "why_merged"].map((name) => this.get(name, telling[name][t])),
      trigger: telling.trigger[t] ? exact(this.get("trigger", telling.trigger[t])) : null,
    };
  }

  /** Everything that the first block does not say of event i. @param {number} i */
  told(i) {
    const { event, data } = this, { meta, link } = data, { actor } = this.tables, a = this.startsOf("event", "actors_n"), actors = [], reports = [];
    for (let k = a[i]; k < a[i + 1]; k++) actors.push([this.actor(link.actors[k]), meta.enums.role[actor.role[k]], this.get("countries", actor.country[k]) || null]);
    for (let t = this.firstTelling[i]; t < this.firstTelling[i + 1]; t++) reports.push({ ...this.article(this.articleOf[t]), ...this.words(t) });
    return {
      id: this.id(i), mode: this.get("mode", event.mode[i]) || null, note: this.get("note", event.note[i]) || null, dateText: this.get("date_text", event.date_text[i]) || null,
      changed: event.changed?.[i] ? this.get("changed", event.changed[i]).split(" ") : [], actors, reports,
      figures: event.figures?.[i] ? this.get("figures", event.figures[i]).split(" ").map((one) => { const [kind, low, high, tellings] = one.split(":"); return { kind, low: +low, high: +high, tellings: +tellings }; }) : [],
      sources: event.independent[i],
      datePrecision: meta.enums.date_precision[event.date_precision[i]], dateBasis: meta.enums.date_basis[event.date_basis[i]],
    };
  }

  /** The gazetteer's id of a spot. @param {number} s */
  spot(s) { return exact(this.get("spots", s)); }

  /** Sentences that name a place at which nothing happened. @param {number} k @returns {any[]} */
  mentions(k) { return JSON.parse(this.get("mentions", k) || "[]"); }

  /** The text of an article, where the map carries whole articles. @param {string} id @returns {string|null} */
  whole(id) {
    this.wholes ||= new Map(this.places.wholes ? this.lines("wholes").all.split("\n").filter(Boolean).map((line) => JSON.parse(line)) : []);
    return this.wholes.get(id) ?? null;
  }
}
