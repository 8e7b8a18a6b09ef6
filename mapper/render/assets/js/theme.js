/** Colours for the canvas come from the style sheet's custom properties, so that there is one palette. */

let style = getComputedStyle(document.documentElement);
/** @type {Record<string, string>} */
let cache = {};

/** @param {string} name */
export const colour = (name) => cache[name] ??= style.getPropertyValue("--" + name).trim();
export const isDark = () => document.documentElement.classList.contains("dark");

export function refreshTheme() {
  style = getComputedStyle(document.documentElement);
  cache = {};
}

export const FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif';
