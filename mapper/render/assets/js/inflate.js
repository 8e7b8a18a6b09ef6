/** Gunzip in plain JavaScript, for browsers without DecompressionStream. RFC 1951 and 1952; checksums are not verified. */

/** @typedef {{count: Uint16Array, symbol: Uint16Array}} Huffman */

/** @param {number[]} lengths @returns {Huffman} */
function huffman(lengths) {
  const count = new Uint16Array(16), symbol = new Uint16Array(lengths.length), offset = new Uint16Array(16);
  for (const length of lengths) count[length]++;
  count[0] = 0;
  for (let i = 1; i < 16; i++) offset[i] = offset[i - 1] + count[i - 1];
  lengths.forEach((length, i) => { if (length) symbol[offset[length]++] = i; });
  return { count, symbol };
}

const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/**
 * @param {Uint8Array} input one gzip member without optional header fields
 * @returns {Uint8Array}
 */
export function gunzipPlain(input) {
  const size = input.length;
  const total = (input[size - 4] | input[size - 3] << 8 | input[size - 2] << 16 | input[size - 1] << 24) >>> 0;
  const output = new Uint8Array(total);
  let at = 10, out = 0, bits = 0, held = 0;
  const take = (/** @type {number} */ need) => {
    while (held < need) { bits |= input[at++] << held; held += 8; }
    const value = bits & ((1 << need) - 1);
    bits >>>= need; held -= need;
    return value;
  };
  const decode = (/** @type {Huffman} */ table) => {
    let code = 0, first = 0, index = 0;
    for (let length = 1; length < 16; length++) {
      code |= take(1);
      const count = table.count[length];
      if (code - count < first) return table.symbol[index + code - first];
      index += count; first = (first + count) << 1; code <<= 1;
    }
    throw new Error("The data block is damaged.");
  };
  const fixedLengths = Array.from({ length: 288 }, (_, i) => i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
  for (let last = 0; !last;) {
    last = take(1);
    const kind = take(2);
    if (kind === 0) {
      bits = held = 0;
      const length = input[at] | input[at + 1] << 8;
      at += 4;
      output.set(input.subarray(at, at + length), out);
      at += length; out += length;
      continue;
    }
    let literals = huffman(fixedLengths), distances = huffman(Array(30).fill(5));
    if (kind === 2) {
      const literalCount = take(5) + 257, distanceCount = take(5) + 1, codeCount = take(4) + 4, lengths = Array(19).fill(0);
      for (let i = 0; i < codeCount; i++) lengths[CODE_ORDER[i]] = take(3);
      /** @type {number[]} */
      const all = [];
      const codes = huffman(lengths);
      while (all.length < literalCount + distanceCount) {
        const symbol = decode(codes);
        if (symbol < 16) { all.push(symbol); continue; }
        const value = symbol === 16 ? all[all.length - 1] : 0;
        let repeat = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7);
        while (repeat--) all.push(value);
      }
      literals = huffman(all.slice(0, literalCount));
      distances = huffman(all.slice(literalCount));
    }
    for (;;) {
      let symbol = decode(literals);
      if (symbol === 256) break;
      if (symbol < 256) { output[out++] = symbol; continue; }
      symbol -= 257;
      let length = LENGTH_BASE[symbol] + take(LENGTH_EXTRA[symbol]);
      const code = decode(distances), distance = DISTANCE_BASE[code] + take(code < 4 ? 0 : (code >> 1) - 1);
      while (length--) { output[out] = output[out - distance]; out++; }
    }
  }
  return output;
}
