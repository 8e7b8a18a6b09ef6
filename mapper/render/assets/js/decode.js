/** From the page's inert data blocks to typed columns. The blocks are written by mapper/render/data.py and basemap.py. */
import { gunzipPlain } from "./inflate.js";

/**
 * @typedef {object} Data
 * @property {any} meta names, dictionaries and areas
 * @property {number} n events, in list order (newest first)
 * @property {Record<string, Uint8Array|Uint16Array|Uint32Array|Int32Array>} event columns, one value an event
 * @property {Record<string, Uint8Array|Uint16Array|Uint32Array|Int32Array>} spot columns, one value a spot
 * @property {Record<string, Uint8Array|Uint16Array|Uint32Array|Int32Array>} link flat lists that events point into
 */

/** @param {string} text @returns {Uint8Array} */
export function fromBase64(text) {
  if ("fromBase64" in Uint8Array) return /** @type {any} */ (Uint8Array).fromBase64(text);
  const binary = atob(text), bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
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
  return gunzip(fromBase64(text.trim()));
}

const WIDTHS = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i4: Int32Array };

/** @param {Uint8Array} bytes byte planes: all lowest bytes first, so that they compress @param {"u1"|"u2"|"u4"|"i4"} kind @param {number} n @param {number} at */
function column(bytes, kind, n, at) {
  const out = new WIDTHS[kind](n), width = +kind[1];
  for (let plane = 0; plane < width; plane++) {
    const from = at + plane * n, shift = 8 * plane;
    for (let i = 0; i < n; i++) out[i] |= bytes[from + i] << shift;
  }
  return out;
}

/** @param {Uint8Array} bytes @returns {Data} */
export function decodeData(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const meta = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  /** @type {any} */
  const tables = {};
  let at = 4 + length;
  for (const [table, name, kind, n] of meta.columns) {
    (tables[table] ||= {})[name] = column(bytes, kind, n, at);
    at += n * +kind[1];
  }
  return { meta, n: meta.n, event: tables.event || {}, spot: tables.spot || {}, link: tables.link || {} };
}

/** Text by section and event, kept as one long string a section and cut when asked for. */
export class Texts {
  /** @param {Uint8Array} bytes @param {string[]} sections @param {number} n */
  constructor(bytes, sections, n) {
    /** @type {Record<string, {all: string, at: Uint32Array}>} */
    this.sections = {};
    const parts = new TextDecoder().decode(bytes).split("\u0000");
    sections.forEach((name, k) => { this.sections[name] = Texts.indexed(parts[k] || "", n); });
    this.tail = parts[sections.length] || "";
  }

  /** @param {string} all lines @param {number} n */
  static indexed(all, n) {
    const at = new Uint32Array(n + 1);
    for (let i = 0, from = 0; i < n; i++) {
      at[i] = from;
      const end = all.indexOf("\n", from);
      from = (end < 0 ? all.length : end) + 1;
      at[i + 1] = from;
    }
    return { all, at };
  }

  /** @param {string} section @param {number} i */
  get(section, i) {
    const { all, at } = this.sections[section];
    return all.slice(at[i], at[i + 1] - 1);
  }
}
