/** From the page's inert data blocks to typed columns and lines of text. The blocks are written by mapper/render/columns.py. */
import { gunzipPlain } from "./inflate.js";

/** @typedef {Uint8Array|Uint16Array|Uint32Array|Int32Array} Column */
/** @typedef {Record<string, Record<string, Column>>} Tables columns by table and name */
/**
 * @typedef {object} Data
 * @property {any} meta names, dictionaries and areas
 * @property {number} n events, in list order (newest first)
 * @property {Record<string, any>} event columns, one value an event
 * @property {Record<string, any>} spot columns, one value a spot
 * @property {Record<string, any>} link flat lists that events point into
 */

/** How many letters the alphabet has: two of them carry 13 bits. */
const LETTERS = 91;
/** The value of each letter: printable ASCII without "<", "&" and "{". */
const VALUES = (() => {
  const values = new Uint8Array(128);
  let value = 0;
  for (let code = 0x21; code < 0x7f; code++) if (code !== 0x26 && code !== 0x3c && code !== 0x7b) values[code] = value++;
  return values;
})();

/** @param {string} text a number of bytes, a colon, and two letters for each 13 bits @returns {Uint8Array} */
export function fromLetters(text) {
  const start = text.indexOf(":") + 1, size = parseInt(text, 10), letters = new TextEncoder().encode(text.slice(start));
  const bytes = new Uint8Array(size + 16);
  let held = 0, bits = 0, out = 0;
  for (let at = 0; at < letters.length; at += 2) {
    held |= (VALUES[letters[at]] * LETTERS + VALUES[letters[at + 1]]) << bits;
    bits += 13;
    bytes[out++] = held;
    held >>>= 8; bits -= 8;
    if (bits >= 8) { bytes[out++] = held; held >>>= 8; bits -= 8; }
  }
  return bytes.subarray(0, size);
}

/** @param {Uint8Array} bytes @returns {Promise<Uint8Array>} */
export async function gunzip(bytes) {
  if (typeof DecompressionStream === "undefined") return gunzipPlain(bytes);
  const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Read a block and let the document forget it. @param {string} id @returns {Promise<Uint8Array>} */
export async function block(id) {
  const element = /** @type {HTMLElement} */ (document.getElementById(id)), text = element.textContent || "";
  element.textContent = "";
  return gunzip(fromLetters(text.trim()));
}

const WIDTHS = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i4: Int32Array };

/** @param {Uint8Array} bytes byte planes: all lowest bytes first, so that they compress @param {"u1"|"u2"|"u4"|"i4"} kind @param {number} n @param {number} at @returns {Column} */
function planes(bytes, kind, n, at) {
  const width = +kind[1];
  if (width === 1) return bytes.subarray(at, at + n);
  const out = new WIDTHS[kind](n), a = at + n, b = a + n, c = b + n;
  if (width === 2) for (let i = 0; i < n; i++) out[i] = bytes[at + i] | bytes[a + i] << 8;
  else for (let i = 0; i < n; i++) out[i] = bytes[at + i] | bytes[a + i] << 8 | bytes[b + i] << 16 | bytes[c + i] << 24;
  return out;
}

/** @param {Column} column @param {"plain"|"delta"|"first"} coding @returns {Column} */
function undone(column, coding) {
  const n = column.length;
  if (coding === "delta") for (let i = 1; i < n; i++) column[i] += column[i - 1];
  if (coding !== "first") return column;
  const out = new Uint32Array(n);
  for (let i = 0, next = 0; i < n; i++) out[i] = column[i] ? next - column[i] : next++;
  return out;
}

/** @param {Uint8Array} bytes a head in JSON with its length before it, columns, then lines of text @returns {{meta: any, tables: Tables, texts: Uint8Array}} */
export function decodeBlock(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const meta = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  /** @type {Tables} */
  const tables = {};
  let at = 4 + length;
  for (const [table, name, kind, n, coding] of meta.columns) {
    (tables[table] ||= {})[name] = undone(planes(bytes, kind, n, at), coding);
    at += n * +kind[1];
  }
  return { meta, tables, texts: bytes.subarray(at) };
}

/** @param {Uint8Array} bytes @returns {Data} */
export function decodeData(bytes) {
  const { meta, tables } = decodeBlock(bytes), event = tables.event || {}, n = meta.n;
  const end = new Int32Array(n);
  for (let i = 0; i < n; i++) end[i] = event.lasting[i] < 0 ? 0x7fffffff : event.start[i] + event.lasting[i];
  return { meta, n, event: { ...event, end }, spot: tables.spot || {}, link: tables.link || {} };
}

/** Lines kept as one long string and cut when asked for. */
export class Lines {
  /** @param {string} all */
  constructor(all) {
    this.all = all;
    let count = all ? 1 : 0;
    for (let p = all.indexOf("\n"); p >= 0; p = all.indexOf("\n", p + 1)) count++;
    this.count = count;
    /** Where each line starts, and one past the end. */
    this.at = new Uint32Array(count + 1);
    for (let i = 1, p = 0; i <= count; i++) {
      const end = all.indexOf("\n", p);
      p = this.at[i] = (end < 0 ? all.length : end) + 1;
    }
  }

  /** @param {number} i */
  get(i) {
    return i < this.count ? this.all.slice(this.at[i], this.at[i + 1] - 1) : "";
  }

  /** The line that a position of the whole stands in. @param {number} position @param {number} [from] a line before it */
  lineAt(position, from = 0) {
    let low = from, high = this.count;
    while (high - low > 1) { const middle = (low + high) >> 1; if (this.at[middle] <= position) low = middle; else high = middle; }
    return low;
  }
}
