/** Building the document. Text goes in as text nodes only: nothing in this page ever parses a string as HTML. */

/** @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);

/**
 * @param {string} tag @param {Record<string, any>} [options] `text`, `class`, attributes, or `onclick`-like handlers
 * @param {...(Node|string|null|undefined|false)} children @returns {any}
 */
export function make(tag, options = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(options)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") element.textContent = String(value);
    else if (key === "class") element.className = value;
    else if (key.startsWith("on") && typeof value === "function") element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children) if (child || child === "") element.append(child);
  return element;
}

/** Words from an article: direction from their own letters, language where known. @param {string} tag @param {string} text @param {string|null} [language] @param {string} [style] */
export const words = (tag, text, language, style) =>
  make(tag, { text, dir: "auto", class: style, lang: language && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language) ? language : null });

/** The address if it is a web address, else null. @param {string|null|undefined} address */
export function webAddress(address) {
  if (!address || !/^https?:\/\//i.test(address)) return null;
  try {
    const parsed = new URL(address);
    return parsed.protocol === "http:" || parsed.protocol === "https:" ? parsed.href : null;
  } catch {
    return null;
  }
}

/** @param {string} href checked by webAddress @param {string} text */
export const link = (href, text) => make("a", { href, text, target: "_blank", rel: "noopener noreferrer", dir: "auto" });

/** Say something to screen readers. @param {string} text */
export function announce(text) {
  const region = byId("em-live");
  if (region && region.textContent !== text) region.textContent = text;
}

/** For searching: lower case without accents, Arabic without vowel signs and with its letter variants made one. @param {string} text */
export function fold(text) {
  const lower = text.toLowerCase();
  if (!/[^\x00-\x7f]/.test(lower)) return lower;
  return lower.normalize("NFKD").replace(/[\p{M}\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]/gu, "")
    .replace(/[\u0622\u0623\u0625\u0671]/g, "\u0627").replace(/\u0649/g, "\u064a").replace(/\u0629/g, "\u0647")
    .replace(/ß/g, "ss").replace(/[łŁ]/g, "l").replace(/ø/g, "o").replace(/ı/g, "i").replace(/[’ʼ‘]/g, "'");
}
