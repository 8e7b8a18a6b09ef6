/** A list of any length with few rows in the document: the map's accessible twin. */
import { make } from "./dom.js";

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
    box.addEventListener("scroll", () => this.render(), { passive: true });
    box.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {ArrayLike<number>} values @param {number} count @param {string} label @param {number} [rowHeight] where rows have less to say than those before */
  set(values, count, label, rowHeight = this.rowHeight) {
    this.rowHeight = rowHeight;
    this.values = values; this.count = count;
    this.pad.setAttribute("aria-label", label);
    this.pad.style.height = count * this.rowHeight + "px";
    this.refresh();
  }

  /** Draw all rows anew, keeping the keyboard's place. */
  refresh() {
    const focused = /** @type {HTMLElement|null} */ (document.activeElement), at = focused && this.pad.contains(focused) ? focused.dataset.at : undefined;
    for (const row of this.rows.values()) row.remove();
    this.rows.clear();
    this.render();
    if (at !== undefined) this.rows.get(Math.min(+at, this.count - 1))?.querySelector("button")?.focus({ preventScroll: true });
  }

  render() {
    const { box, rowHeight, rows } = this;
    const from = Math.max(0, Math.floor(box.scrollTop / rowHeight) - 5), to = Math.min(this.count, Math.ceil((box.scrollTop + box.clientHeight) / rowHeight) + 5);
    for (const [k, row] of rows) if ((k < from || k >= to) && !row.contains(document.activeElement)) { row.remove(); rows.delete(k); }
    /** @type {ChildNode|null} */
    let after = null;
    for (let k = to - 1; k >= from; k--) {
      let row = rows.get(k);
      if (!row) {
        const value = this.values[k];
        const button = make("button", { type: "button", class: "row", "data-at": k, onclick: () => this.choose(value, button) });
        row = make("div", { class: "item", role: "listitem", "aria-setsize": this.count, "aria-posinset": k + 1 }, button);
        row.style.top = k * rowHeight + "px"; row.style.height = rowHeight + "px";
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
    const top = k * this.rowHeight, { scrollTop, clientHeight } = this.box;
    if (top < scrollTop || top + this.rowHeight > scrollTop + clientHeight) this.box.scrollTop = top - clientHeight / 3;
    this.render();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    if (focused?.dataset.at === undefined) return;
    const page = Math.max(1, Math.floor(this.box.clientHeight / this.rowHeight) - 1), at = +focused.dataset.at;
    /** @type {Record<string, number>} */
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: this.count - 1 };
    if (!(event.key in moves)) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(this.count - 1, moves[event.key]));
    this.reveal(next);
    this.rows.get(next)?.querySelector("button")?.focus({ preventScroll: true });
  }
}
