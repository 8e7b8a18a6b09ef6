/** A list of any length with few rows in the document: the map's accessible twin. */
import { make } from "./dom.js";
import { reclaim } from "./types.js";

/** Pixels. Browsers cannot lay out what is much taller: a longer list moves faster than the scroll bar. */
const TALLEST = 8e6;

export class VirtualList {
  /**
   * @param {HTMLElement} box scrolls @param {number} rowHeight
   * @param {(row: HTMLElement, value: number) => void} fill @param {(value: number, row: HTMLElement) => void} choose
   */
  constructor(box, rowHeight, fill, choose) {
    this.box = box; this.rowHeight = rowHeight; this.fill = fill; this.choose = choose;
    this.pad = make("div", { class: "pad", role: "list" });
    box.append(this.pad);
    /** @type {ArrayLike<number>} */
    this.values = [];
    this.count = 0;
    this.current = -1;
    /** @type {Map<number, HTMLElement>} */
    this.rows = new Map();
    /** Where the box is scrolled to, and where in the list that is: the same but for a list taller than TALLEST. */
    this.top = 0; this.at = 0;
    this.room = 0;
    box.addEventListener("scroll", () => this.scrolled(), { passive: true });
    // Asking for the size while the document changes would have it laid out each time.
    new ResizeObserver(() => { this.room = box.clientHeight; this.render(); }).observe(box);
    box.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {ArrayLike<number>} values @param {number} count @param {string} label @param {number} [rowHeight] where rows have less to say than those before */
  set(values, count, label, rowHeight = this.rowHeight) {
    this.rowHeight = rowHeight;
    this.values = values; this.count = count;
    this.pad.setAttribute("aria-label", label);
    const tall = Math.min(TALLEST, count * this.rowHeight) + "px";
    if (this.pad.style.height !== tall) this.pad.style.height = tall;
    // A shorter list scrolls up by itself, a while later.
    this.at = Math.max(0, Math.min(this.at, count * this.rowHeight - this.room));
    if (this.top > 0) this.top = this.shownAt(this.at);
    this.refresh();
  }

  /** How much taller the list is than what stands for it. */
  get stretch() {
    const tall = this.count * this.rowHeight;
    return tall <= TALLEST ? 1 : (tall - this.room) / (TALLEST - this.room);
  }

  /** @param {number} at @returns {number} where the box has to be scrolled to */
  shownAt(at) { return at / this.stretch; }

  scrolled() {
    const { box, stretch } = this, top = box.scrollTop, by = top - this.top, most = this.count * this.rowHeight - this.room;
    // A long list moves as far as the wheel turns; dragging the bar moves through all of it.
    this.at = stretch === 1 || Math.abs(by) > this.room || top <= 0 ? top * stretch : Math.max(0, Math.min(most, this.at + by));
    this.top = top;
    if (stretch > 1 && Math.abs(this.shownAt(this.at) - top) > 1 && top > 0) { this.top = Math.round(this.shownAt(this.at)); box.scrollTop = this.top; }
    this.render();
  }

  /** @param {number} at */
  scrollTo(at) {
    this.at = Math.max(0, Math.min(at, this.count * this.rowHeight - this.room));
    this.top = Math.round(this.shownAt(this.at));
    this.box.scrollTop = this.top;
  }

  /** Draw all rows anew, keeping the keyboard's place. */
  refresh() {
    const focused = /** @type {HTMLElement|null} */ (document.activeElement), at = focused && this.pad.contains(focused) ? focused.dataset.at : undefined;
    for (const row of this.rows.values()) { reclaim(row); row.remove(); }
    this.rows.clear();
    this.render();
    if (at !== undefined) this.rows.get(Math.min(+at, this.count - 1))?.querySelector("button")?.focus({ preventScroll: true });
  }

  render() {
    const { rowHeight, rows, at, top } = this;
    const from = Math.max(0, Math.floor(at / rowHeight) - 5), to = Math.min(this.count, Math.ceil((at + this.room) / rowHeight) + 5);
    for (const [k, row] of rows) if ((k < from || k >= to) && !row.contains(document.activeElement)) { reclaim(row); row.remove(); rows.delete(k); }
    // Rows that stay move with the difference between list and box.
    if (this.stretch > 1) for (const [k, row] of rows) row.style.top = k * rowHeight - at + top + "px";
    /** @type {ChildNode|null} */
    let after = null;
    for (let k = to - 1; k >= from; k--) {
      let row = /** @type {HTMLElement} */ (rows.get(k));
      if (!row) {
        const value = this.values[k];
        const button = make("button", { type: "button", class: "row", "data-at": k, onclick: () => this.choose(value, button) });
        row = make("div", { class: "item", role: "listitem", "aria-setsize": this.count, "aria-posinset": k + 1 }, button);
        row.style.top = (this.stretch > 1 ? k * rowHeight - at + top : k * rowHeight) + "px"; row.style.height = rowHeight + "px";
        this.fill(button, value);
        if (value === this.current) button.setAttribute("aria-current", "true");
        rows.set(k, row);
        this.pad.insertBefore(row, after);
      }
      after = row;
    }
  }

  /** @param {number} value */
  mark(value) {
    this.current = value;
    for (const [k, row] of this.rows) row.firstElementChild?.toggleAttribute("aria-current", this.values[k] === value);
    for (const row of this.pad.querySelectorAll("[aria-current]")) row.setAttribute("aria-current", "true");
  }

  /** @param {number} k */
  reveal(k) {
    if (k < 0) return;
    const top = k * this.rowHeight;
    if (top < this.at || top + this.rowHeight > this.at + this.room) this.scrollTo(top - this.room / 3);
    this.render();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    if (focused?.dataset.at === undefined) return;
    const page = Math.max(1, Math.floor(this.room / this.rowHeight) - 1), at = +focused.dataset.at;
    /** @type {Record<string, number>} */
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: this.count - 1 };
    if (!(event.key in moves)) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(this.count - 1, moves[event.key]));
    this.reveal(next);
    this.rows.get(next)?.querySelector("button")?.focus({ preventScroll: true });
  }
}
