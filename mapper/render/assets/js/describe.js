/** The map in a few sentences, for who does not see it: how many, when, what, and where most. */
import { t } from "./strings.js";
import { typeStyle } from "./types.js";

const NAMED = 5;

/** The largest counts, as "Attack 6, Aid 2". @param {ArrayLike<number>} counts @param {(index: number) => string} name */
function largest(counts, name) {
  /** @type {[number, number][]} index and count, the largest first */
  const top = [];
  for (let k = 0; k < counts.length; k++) {
    if (!counts[k] || (top.length === NAMED && counts[k] <= top[NAMED - 1][1])) continue;
    top.push([k, counts[k]]);
    top.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    top.length = Math.min(top.length, NAMED);
  }
  return top.map(([k, n]) => t("about.one", { name: name(k), n })).join(t("comma"));
}

/** @param {import("./main.js").App} app */
export function describe({ store, sentence, timeline }) {
  const { meta } = store.data, types = largest(store.typeCounts.map((n, type) => store.types[type] ? n : 0), (type) => typeStyle(meta.types[type]).label), places = largest(store.spotCount, (s) => store.placeName(s));
  return types && places ? t("about.map", { sentence: sentence(), period: timeline.empty ? t("date.none") : timeline.words(), types, places }) : t("about.nothing", { sentence: sentence() });
}
