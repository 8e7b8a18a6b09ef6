/** Finding words in headlines, sentences, places and actors: every text is folded once, off the critical path. */
import { Lines } from "./decode.js";
import { fold } from "./dom.js";

/** Characters folded at one go: a few milliseconds. */
const STRIDE = 1 << 18;

export class Search {
  /** @param {import("./decode.js").Data} data @param {import("./facts.js").Texts} texts */
  constructor(data, texts) {
    this.data = data;
    this.texts = texts;
    /** Folded texts by name. @type {Record<string, Lines>} */
    this.folded = {};
    /** What is being folded: pieces done, and where the next begins. @type {{name: string, from: string, done: string[], at: number}[]} */
    this.left = ["articles", "sentences"].map((name) => ({ name, from: "", done: [], at: 0 }));
    /** @type {{query: string, hit: Uint8Array}|null} */
    this.last = null;
    /** Names, folded. @type {{places: string[], spots: string[], actors: string[]}|null} */
    this.called = null;
  }

  /** Fold a little more. @returns {boolean} whether something is left */
  step() {
    const one = this.left[0];
    if (!one) return false;
    if (!one.at) {
      one.from = this.texts.lines(one.name).all;
      // Of an article's line only the headline is searched.
      if (one.name === "articles") one.from = one.from.replace(/\u001f.*/g, "");
    }
    let end = one.at + STRIDE;
    end = end >= one.from.length ? one.from.length : one.from.indexOf("\n", end) + 1 || one.from.length;
    const piece = one.from.slice(one.at, end);
    one.done.push(/[^\x00-\x7f]/.test(piece) ? piece.split("\n").map(fold).join("\n") : piece.toLowerCase());
    one.at = end;
    if (end < one.from.length) return true;
    this.folded[one.name] = new Lines(one.done.join(""));
    this.left.shift();
    return this.left.length > 0;
  }

  /** Which lines hold the words. @param {Lines} lines @param {string} query */
  static lines(lines, query) {
    const hit = new Uint8Array(lines.count), { all, at } = lines;
    let any = false;
    for (let p = all.indexOf(query), k = 0; p >= 0; p = all.indexOf(query, at[k + 1])) {
      while (at[k + 1] <= p) k++;
      hit[k] = 1;
      any = true;
      if (k + 1 >= lines.count) break;
    }
    return any ? hit : null;
  }

  /** Which events have the words in a headline, a sentence, the place's name or an actor's. @param {string} query folded @param {string[]} named spots in the page's language @returns {Uint8Array} */
  find(query, named) {
    if (this.last?.query === query) return this.last.hit;
    while (this.step());
    const { data, texts, folded } = this, { meta, event, spot, link } = data, n = data.n, hit = new Uint8Array(n);
    const { articleOf, sentenceOf, firstTelling } = texts;
    const articles = Search.lines(folded.articles, query), sentences = sentenceOf && Search.lines(folded.sentences, query);
    if (articles || sentences) {
      for (let i = 0; i < n; i++) for (let t = firstTelling[i]; t < firstTelling[i + 1]; t++) if ((articles && articles[articleOf[t]]) || (sentences && sentenceOf && sentences[sentenceOf[t]])) { hit[i] = 1; break; }
    }
    this.called ||= { places: meta.places.map(fold), spots: named.map((name) => name && fold(name)), actors: [...meta.actors, ...texts.lines("actors").all.split("\n")].map(fold) };
    const places = Search.names(this.called.places, query), spots = Search.names(this.called.spots, query), actors = Search.names(this.called.actors, query);
    if (places || spots) for (let i = 0; i < n; i++) if (event.spot[i] && (places?.[spot.place[event.spot[i] - 1]] || spots?.[event.spot[i] - 1])) hit[i] = 1;
    if (actors) for (let i = 0, at = 0; i < n; i++) for (let k = event.actors_n[i]; k--; at++) if (actors[link.actors[at]]) hit[i] = 1;
    this.last = { query, hit };
    return hit;
  }

  /** @param {string[]} names folded @param {string} query */
  static names(names, query) {
    const hit = new Uint8Array(names.length);
    let any = false;
    for (let k = 0; k < names.length; k++) if (names[k]?.includes(query)) { hit[k] = 1; any = true; }
    return any ? hit : null;
  }
}
