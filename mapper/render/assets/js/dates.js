/** Days as whole numbers since 1970-01-01, and dates in words that never promise more than is known. */

export const NO_DAY = -2147483648, STILL_ON = 2147483647;
export const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** @param {number} day */
export const iso = (day) => new Date(day * 864e5).toISOString().slice(0, 10);

/** @param {string} text ISO day @returns {number} NaN where it is none */
export const dayOf = (text) => /^\d{4}-\d\d-\d\d$/.test(text) ? Math.round(Date.parse(text + "T00:00:00Z") / 864e5) : NaN;

/** @param {string} text ISO day */
export function longDay(text) {
  const match = /^(-?\d{4})-(\d\d)-(\d\d)/.exec(text || "");
  return match ? `${+match[3]} ${MONTHS[+match[2] - 1]} ${match[1]}` : text || "";
}

/** @param {string} start @param {string|null} end null: still going on @param {string} precision */
export function dateWords(start, end, precision) {
  if (!start) return "date not known";
  const [year, month] = start.split("-");
  if (end === null) return `since ${longDay(start)}`;
  if (start === end && precision !== "month" && precision !== "year") return longDay(start);
  if (precision === "year" && end.slice(0, 4) === year) return year;
  if (precision === "month" && end.slice(0, 7) === start.slice(0, 7)) return `${MONTHS[+month - 1]} ${year}`;
  const from = start.slice(0, 4) === end.slice(0, 4) ? longDay(start).replace(/ \d{4}$/, "") : longDay(start);
  const span = start === end ? longDay(start) : `${from} to ${longDay(end)}`;
  return precision === "week" ? `week of ${span}` : span;
}
