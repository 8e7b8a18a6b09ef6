/** What the reader has chosen, and which events that leaves. One pass over the columns for each change. */
import { NO_DAY } from "./dates.js";
import { fold } from "./dom.js";
import { Search } from "./search.js";

/** @typedef {import("./decode.js").Data} Data */

export const DEFAULT_STATUSES = ["reported", "planned"], TABS = ["events", "unplaced", "mentioned", "retracted"];

export class Store {
  /** @param {Data} data */
  constructor(data) {
    const { meta, n, event, spot } = data;
    this.data = data;
    this.n = n;
    this.types = new Uint8Array(meta.types.length).fill(1);
    this.statuses = Uint8Array.from(meta.enums.status, (/** @type {string} */ s) => +DEFAULT_STATUSES.includes(s));
    /** By code: what became of the event since the run that the map is compared with. */
    this.changes = new Uint8Array(5).fill(1);
    this.country = -1; this.source = -1; this.actor = -1;
    this.confidence = 0;
    this.query = "";
    /** Days, both ends included; at the edge of the axis there is no limit. */
    this.from = -Infinity; this.to = Infinity;
    /** The event and the mentioned place that are open, -1 for none. */
    this.selected = -1; this.mention = -1;
    this.showMentioned = true;
    /** The list: which part of it, and whether only what the map shows. */
    this.tab = "events"; this.follow = false;
    /** @type {import("./corrections.js").Correction[]} what the reader has marked, and as whom */
    this.corrections = [];
    this.reader = "";
    /** @type {import("./facts.js").Texts|null} */
    this.texts = null;
    /** @type {import("./search.js").Search|null} */
    this.searcher = null;
    /** @type {Uint8Array|null} */
    this.matches = null;
    this.mask = new Uint8Array(n);
    this.shown = new Uint32Array(n); this.shownCount = 0;
    this.unplaced = new Uint32Array(n); this.unplacedCount = 0;
    this.typeCounts = new Uint32Array(meta.types.length);
    this.statusCounts = new Uint32Array(meta.enums.status.length);
    this.spots = spot.place ? spot.place.length : 0;
    this.spotCount = new Uint32Array(this.spots);
    this.spotTypes = new Uint32Array(this.spots * meta.types.length);
    this.spotInferred = new Uint32Array(this.spots);
    this.spotPlanned = new Uint32Array(this.spots);
    this.spotFirst = new Int32Array(this.spots);
    this.spotChanged = new Uint32Array(this.spots);
    /** @type {string[]} names of spots in the page's language, where the base map has them */
    this.names = [];
    this.undated = 0;
    /** Events by day of the time axis, shown if it were not for their date; what lies beyond counts at its ends. */
    this.days = new Uint32Array(1); this.firstDay = 0;
    this.inferredCode = meta.enums.basis.indexOf("inferred");
    this.plannedCode = meta.enums.status.indexOf("planned");
    this.event = event;
  }

  /** @param {number} first day of the time axis @param {number} last */
  setAxis(first, last) {
    this.firstDay = first;
    this.days = new Uint32Array(last - first + 1);
  }

  /** @param {number} s spot */
  placeName(s) {
    return this.names[s] || this.data.meta.places[this.data.spot.place[s]];
  }

  /** Events listed in `link[name]` between their offsets hold `value`. @param {string} name @param {number} value */
  linked(name, value) {
    const flat = this.data.link[name], counts = this.event[name + "_n"], hit = new Uint8Array(this.n);
    for (let i = 0, at = 0; i < this.n; i++) for (let k = counts[i]; k--; at++) if (flat[at] === value) hit[i] = 1;
    return hit;
  }

  /** Make the next piece of the texts ready to be searched, off the critical path. @returns {boolean} whether something is left to do */
  prepareSearch() {
    if (!this.texts) return false;
    this.searcher ||= new Search(this.data, this.texts);
    return this.searcher.step();
  }

  search() {
    const query = fold(this.query.trim());
    this.matches = null;
    if (!this.texts || !query) return;
    this.searcher ||= new Search(this.data, this.texts);
    this.matches = this.searcher.find(query, this.names);
  }

  /** Is any filter on? */
  get narrowed() {
    return this.types.includes(0) || this.changes.includes(0) || this.country >= 0 || this.source >= 0 || this.actor >= 0 || this.confidence > 0 || this.query.trim() !== ""
      || this.from !== -Infinity || this.to !== Infinity || this.data.meta.enums.status.some((/** @type {string} */ s, /** @type {number} */ k) => +DEFAULT_STATUSES.includes(s) !== this.statuses[k]);
  }

  apply() {
    this.search();
    const { event, n, matches, types, statuses, spotTypes, changes } = this, { change } = event, typeTotal = types.length;
    const bySource = this.source >= 0 ? this.linked("sources", this.source) : null, byActor = this.actor >= 0 ? this.linked("actors", this.actor) : null;
    const limited = this.from !== -Infinity || this.to !== Infinity;
    this.typeCounts.fill(0); this.statusCounts.fill(0); this.spotCount.fill(0); spotTypes.fill(0); this.spotInferred.fill(0); this.spotPlanned.fill(0); this.spotChanged.fill(0);
    let shown = 0, unplaced = 0, undated = 0;
    const { days, firstDay } = this, lastDay = days.length - 1;
    days.fill(0);
    for (let i = 0; i < n; i++) {
      this.mask[i] = 0;
      if ((matches && !matches[i]) || (this.country >= 0 && event.country[i] !== this.country + 1) || event.confidence[i] < this.confidence
        || (change && !changes[change[i]]) || (bySource && !bySource[i]) || (byActor && !byActor[i])) continue;
      const type = event.type[i], status = event.status[i], start = event.start[i], hasDate = start !== NO_DAY;
      const inTime = !limited || (hasDate && start <= this.to && event.end[i] >= this.from);
      if (inTime && types[type]) this.statusCounts[status]++;
      if (!statuses[status]) continue;
      if (inTime) this.typeCounts[type]++;
      if (!types[type]) continue;
      if (hasDate) { const d = start - firstDay; days[d < 0 ? 0 : d > lastDay ? lastDay : d]++; } else undated++;
      if (!inTime) continue;
      this.mask[i] = 1;
      this.shown[shown++] = i;
      const s = event.spot[i];
      if (!s) { this.unplaced[unplaced++] = i; continue; }
      if (!this.spotCount[s - 1]++) this.spotFirst[s - 1] = i;
      spotTypes[(s - 1) * typeTotal + type]++;
      if (event.basis[i] === this.inferredCode) this.spotInferred[s - 1]++;
      if (status === this.plannedCode) this.spotPlanned[s - 1]++;
      if (change?.[i]) this.spotChanged[s - 1]++;
    }
    this.shownCount = shown; this.unplacedCount = unplaced; this.undated = undated;
  }

  /** Shown events on any of these spots, in list order. @param {Set<number>} spots @param {number} [limit] */
  eventsOn(spots, limit = 2000) {
    const out = [];
    for (let k = 0; k < this.shownCount && out.length < limit; k++) {
      const s = this.event.spot[this.shown[k]];
      if (s && spots.has(s - 1)) out.push(this.shown[k]);
    }
    return out;
  }
}
