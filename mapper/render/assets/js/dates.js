/** Days as whole numbers since 1970-01-01, and dates in words that never promise more than is known. */
import { t, listOf } from "./strings.js";

export const NO_DAY = -2147483648, STILL_ON = 2147483647;

/** @param {number} day */
export const iso = (day) => new Date(day * 864e5).toISOString().slice(0, 10);

/** @param {string} text ISO day @returns {number} NaN where it is none */
export const dayOf = (text) => /^\d{4}-\d\d-\d\d$/.test(text) ? Math.round(Date.parse(text + "T00:00:00Z") / 864e5) : NaN;

/** @param {number} month 1 to 12 @param {boolean} [short] */
export const monthName = (month, short = false) => listOf(short ? "months.short" : "months")[month - 1] || "";

/** @param {string} text ISO day @param {{year?: boolean, short?: boolean}} [how] */
export function longDay(text, { year = true, short = false } = {}) {
  const match = /^(-?\d{4})-(\d\d)-(\d\d)/.exec(text || "");
  if (!match) return text || "";
  return t(year ? "date.day" : "date.daymonth", { d: match[3] === "01" ? t("first") : String(+match[3]), month: monthName(+match[2], short), y: match[1] });
}

/** @param {string} start @param {string|null} end null: still going on @param {string} precision */
export function dateWords(start, end, precision) {
  if (!start) return t("date.none");
  const [year, month] = start.split("-");
  if (end === null) return t("date.since", { day: longDay(start) });
  if (start === end && precision !== "month" && precision !== "year") return longDay(start);
  if (precision === "year" && end.slice(0, 4) === year) return year;
  if (precision === "month" && end.slice(0, 7) === start.slice(0, 7)) return `${monthName(+month)} ${year}`;
  const span = start === end ? longDay(start) : t("date.span", { from: longDay(start, { year: start.slice(0, 4) !== end.slice(0, 4) }), to: longDay(end) });
  return precision === "week" ? t("date.week", { span }) : span;
}
