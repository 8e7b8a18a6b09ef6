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

/** The 13 bits that two letters stand for, by their codes: printable ASCII without "<", "&" and "{", the first of a pair 91 times the second. */
const PAIRS = (() => {
  /** @type {number[]} */
  const letters = [];
  const pairs = new Uint16Array(1 << 14);
  for (let code = 0x21; code < 0x7f; code++) if (code !== 0x26 && code !== 0x3c && code !== 0x7b) letters.push(code);
  letters.forEach((high, k) => letters.forEach((low, j) => { pairs[high << 7 | low] = k * letters.length + j; }));
  return pairs;
})();

/** @param {string} text a number of bytes, a colon, and 16 letters for each 13 of them @returns {Uint8Array} */
export function fromLetters(text) {
  const start = text.indexOf(":") + 1, size = parseInt(text, 10), letters = new TextEncoder().encode(text), bytes = new Uint8Array(size + 13);
  for (let at = start, out = 0; at < letters.length; at += 16, out += 13) {
    const pair = (/** @type {number} */ k) => PAIRS[letters[at + k] << 7 | letters[at + k + 1]];
    const a = pair(0), b = pair(2), c = pair(4), d = pair(6), e = pair(8), f = pair(10), g = pair(12), h = pair(14);
    bytes[out] = a; bytes[out + 1] = a >> 8 | b << 5; bytes[out + 2] = b >> 3; bytes[out + 3] = b >> 11 | c << 2; bytes[out + 4] = c >> 6 | d << 7;
    bytes[out + 5] = d >> 1; bytes[out + 6] = d >> 9 | e << 4; bytes[out + 7] = e >> 4; bytes[out + 8] = e >> 12 | f << 1; bytes[out + 9] = f >> 7 | g << 6;
    bytes[out + 10] = g >> 2; bytes[out + 11] = g >> 10 | h << 3; bytes[out + 12] = h >> 5;
  }
  return bytes.subarray(0, size);
}

/**
 * @param {Uint8Array} bytes @param {boolean} [whole] in one go, before the document is read on: by way of a Blob it comes in pieces, between which the page stays responsive
 * @returns {Promise<Uint8Array>}
 */
export async function gunzip(bytes, whole = false) {
  if (typeof DecompressionStream === "undefined") return gunzipPlain(bytes);
  const inflate = new DecompressionStream("gzip");
  if (!whole) return new Uint8Array(await new Response(new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(inflate)).arrayBuffer());
  const writer = inflate.writable.getWriter(), reader = inflate.readable.getReader();
  /** @type {Uint8Array[]} */
  const parts = [];
  // Damaged data are told by the reading end.
  for (const done of [writer.write(/** @type {BufferSource} */ (bytes)), writer.close()]) done.catch(() => {});
  for (let next = await reader.read(); !next.done; next = await reader.read()) parts.push(next.value);
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  parts.reduce((at, part) => { all.set(part, at); return at + part.length; }, 0);
  return all;
}

/** Read a block and let the document forget it. @param {string} id @param {boolean} [whole] @returns {Promise<Uint8Array>} */
export async function block(id, whole = false) {
  const element = /** @type {HTMLElement} */ (document.getElementById(id)), text = element.textContent || "";
  element.textContent = "";
  return gunzip(fromLetters(text.trim()), whole);
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
