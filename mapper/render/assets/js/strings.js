/** The words of the interface, in the page's language: one table, put into the page when it was made. */

/** @typedef {string|string[]|Record<string, string>} Entry a text, a list, or a text for each plural form */

/** @type {Record<string, Entry>} */
let table = {};
/** What stands between thousands. @type {Record<string, string>} */
const THOUSANDS = { ar: ",", en: ",", fr: "\u202f" };
/** Making one of these takes longer than all numbers of a page: the first picture does without. @type {Map<number, Intl.NumberFormat>} */
const formats = new Map();
let language = "en", locale = "en", forms = new Intl.PluralRules("en");

/** Take on a language. @param {Record<string, Entry>} words @param {string} code */
export function speak(words, code) {
  table = words; language = code;
  // Data have European digits, so that the interface has them too.
  locale = code === "ar" ? "ar-u-nu-latn" : code;
  forms = new Intl.PluralRules(code);
  formats.clear();
}

export const spoken = () => language;
export const isRtl = () => document.documentElement.dir === "rtl";

/** @param {number} n @param {number} [digits] after the point */
export function number(n, digits = 0) {
  if (n >= 0 && Number.isSafeInteger(n) && THOUSANDS[language]) return String(n).replace(/\B(?=(\d{3})+$)/g, THOUSANDS[language]);
  let format = formats.get(digits);
  if (!format) formats.set(digits, format = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }));
  return format.format(n);
}

/** Is there a word for it? @param {string} key */
export const has = (key) => Object.hasOwn(table, key);

/** @param {string} key of a list @returns {string[]} */
export const listOf = (key) => has(key) ? /** @type {string[]} */ (table[key]) : [];

/**
 * A text with its `{names}` filled in, numbers as the language writes them; `n` chooses the plural form.
 * @param {string} key @param {Record<string, string|number>} [values]
 */
export function t(key, values = {}) {
  const entry = has(key) ? table[key] : key;
  const text = typeof entry === "string" ? entry : /** @type {any} */ (entry)[forms.select(Number(values.n))] ?? /** @type {any} */ (entry).other;
  return text.replace(/\{(\w+)\}/g, (/** @type {string} */ whole, /** @type {string} */ name) => Object.hasOwn(values, name) ? typeof values[name] === "number" ? number(/** @type {number} */ (values[name])) : String(values[name]) : whole);
}

/** The word for a code of the data, or the code itself where it is not known. @param {string} group @param {string} code */
export const say = (group, code) => has(`${group}.${code}`) ? t(`${group}.${code}`) : code.replace(/_/g, " ");
