/** Events over time: a histogram to brush over, two sliders that do the same by keyboard, and play. */
import { iso, longDay, monthName, NO_DAY } from "./dates.js";
import { byId } from "./dom.js";
import { isRtl, t } from "./strings.js";
import { colour, FONT } from "./theme.js";

export class Timeline {
  /** @param {import("./store.js").Store} store @param {() => void} changed */
  constructor(store, changed) {
    this.store = store; this.changed = changed;
    this.canvas = byId("em-histogram"); this.low = byId("em-from"); this.high = byId("em-to"); this.output = byId("em-dates"); this.playButton = byId("em-play");
    const { event, n, data } = store, { status } = data.meta.enums, reported = status.indexOf("reported"), planned = status.indexOf("planned");
    // The list runs from the newest to the oldest, and so backwards in time.
    const all = new Int32Array(n), happened = new Int32Array(n), plans = new Int32Array(n), { start } = event;
    let from = n, at = n, planning = n;
    for (let i = 0; i < n; i++) {
      if (start[i] === NO_DAY) continue;
      all[--from] = start[i];
      if (event.status[i] === reported) happened[--at] = start[i];
      else if (event.status[i] === planned) plans[--planning] = start[i];
    }
    const days = at < n ? happened.subarray(at) : all.subarray(from);
    this.empty = !days.length;
    // One stray year must not flatten the rest: the axis spans the middle 98%, and plans that lie near; the rest counts at its ends.
    const cut = Math.floor(days.length * .01);
    this.first = this.empty ? 0 : days[cut];
    this.last = this.empty ? 0 : Math.max(this.first + 1, days[days.length - 1 - cut]);
    const reach = this.last + (this.last - this.first) / 2;
    for (const day of plans.subarray(planning)) if (day <= reach) this.last = Math.max(this.last, day);
    store.setAxis(this.first, this.last);
    byId("em-time").hidden = this.empty;
    this.width = this.height = 0;
    // Asking for the size while the document changes would have it laid out each time.
    new ResizeObserver(([entry]) => { this.width = entry.contentRect.width; this.height = entry.contentRect.height; this.draw(); }).observe(this.canvas);
    for (const input of [this.low, this.high]) {
      input.min = "0"; input.max = String(this.last - this.first);
      input.addEventListener("input", () => this.fromInputs());
    }
    this.low.value = "0"; this.high.value = this.high.max;
    this.playButton.addEventListener("click", () => this.play());
    this.brush();
  }

  /** @param {number} from @param {number} to days; beyond the axis: no limit */
  set(from, to, quiet = false) {
    this.store.from = from <= this.first ? -Infinity : from;
    this.store.to = to >= this.last ? Infinity : to;
    this.low.value = String(Math.max(0, (Number.isFinite(this.store.from) ? this.store.from : this.first) - this.first));
    this.high.value = String((Number.isFinite(this.store.to) ? this.store.to : this.last) - this.first);
    if (!quiet) this.changed();
  }

  fromInputs() {
    const a = +this.low.value, b = +this.high.value;
    this.set(this.first + Math.min(a, b), this.first + Math.max(a, b));
  }

  brush() {
    let start = NaN;
    const dayAt = (/** @type {PointerEvent} */ event) => {
      const box = this.canvas.getBoundingClientRect();
      const part = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
      return this.first + Math.round((isRtl() ? 1 - part : part) * (this.last - this.first));
    };
    this.canvas.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => { start = dayAt(event); try { this.canvas.setPointerCapture(event.pointerId); } catch { start = dayAt(event); } });
    this.canvas.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      if (Number.isNaN(start)) return;
      const day = dayAt(event);
      if (day !== start) this.set(Math.min(start, day), Math.max(start, day));
    });
    this.canvas.addEventListener("pointerup", (/** @type {PointerEvent} */ event) => { if (dayAt(event) === start) this.set(-Infinity, Infinity); start = NaN; });
    this.canvas.addEventListener("pointercancel", () => { start = NaN; });
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.playButton.textContent = "▶";
    this.playButton.setAttribute("aria-label", t("play"));
  }

  play() {
    if (this.timer) { this.stop(); return; }
    const length = this.last - this.first, span = Math.max(1, Math.round(length / 10)), step = Math.max(1, Math.round(span / 3));
    let at = this.first;
    this.playButton.textContent = "❚❚";
    this.playButton.setAttribute("aria-label", t("pause"));
    this.timer = setInterval(() => {
      if (at > this.last) { this.stop(); this.set(-Infinity, Infinity); return; }
      this.set(at, at + span);
      at += step;
    }, 420);
  }

  words() {
    const { from, to, undated } = this.store, limited = from !== -Infinity || to !== Infinity;
    const say = (/** @type {number} */ day, year = true) => longDay(iso(day), { year, short: true });
    const a = Number.isFinite(from) ? from : this.first, b = Number.isFinite(to) ? to : this.last;
    return `${say(a, iso(a).slice(0, 4) !== iso(b).slice(0, 4))} – ${say(b)}${limited && undated ? t("date.undated", { n: undated }) : ""}`;
  }

  draw() {
    if (this.empty) return;
    const { store, canvas } = this, density = devicePixelRatio || 1, w = this.width, h = this.height;
    this.output.textContent = this.words();
    this.low.setAttribute("aria-valuetext", longDay(iso(this.first + +this.low.value)));
    this.high.setAttribute("aria-valuetext", longDay(iso(this.first + +this.high.value)));
    if (!w) return;
    if (canvas.width !== Math.round(w * density)) canvas.width = Math.round(w * density);
    if (canvas.height !== Math.round(h * density)) canvas.height = Math.round(h * density);
    const g = canvas.getContext("2d"), length = this.last - this.first + 1, axis = 15, tall = h - axis - 2;
    g.setTransform(density, 0, 0, density, 0, 0);
    g.clearRect(0, 0, w, h);
    const bins = Math.max(1, Math.min(length, Math.floor(w / 5))), counts = new Float64Array(bins), { days } = store;
    for (let d = 0; d < days.length; d++) counts[Math.floor(d * bins / length)] += days[d];
    const most = Math.max(1, ...counts), width = w / bins, from = Math.max(this.first, store.from), to = Math.min(this.last, store.to);
    const left = (from - this.first) / length * w, right = (to + 1 - this.first) / length * w;
    // Where one reads from right to left, time runs so too.
    if (isRtl()) g.transform(-1, 0, 0, 1, w, 0);
    g.fillStyle = colour("brush"); g.fillRect(left, 0, right - left, tall + 2);
    for (let k = 0; k < bins; k++) {
      if (!counts[k]) continue;
      const day = this.first + (k + .5) * length / bins, y = Math.max(3, counts[k] / most * (tall - 2));
      g.fillStyle = day >= from && day <= to + 1 ? colour("bar") : colour("bar-off");
      g.beginPath();
      g.roundRect(k * width + .5, tall + 2 - y, Math.max(1.5, Math.min(width - 1.5, 26)), y, [2, 2, 0, 0]);
      g.fill();
    }
    g.strokeStyle = colour("line"); g.lineWidth = 1;
    g.beginPath(); g.moveTo(0, tall + 2.5); g.lineTo(w, tall + 2.5); g.stroke();
    this.ticks(g, w, h, length);
  }

  /** @param {CanvasRenderingContext2D} g @param {number} w @param {number} h @param {number} length days */
  ticks(g, w, h, length) {
    g.font = `10.5px ${FONT}`; g.fillStyle = colour("mute"); g.textBaseline = "alphabetic"; g.textAlign = "left";
    const rtl = isRtl();
    if (rtl) { g.transform(-1, 0, 0, 1, w, 0); g.textAlign = "right"; }
    const wanted = Math.max(1, Math.floor(w / 74)), steps = [1, 2, 7, 14];
    const step = steps.find((s) => length / s <= wanted);
    let free = -9;
    const put = (/** @type {number} */ day, /** @type {string} */ text) => {
      const x = (day - this.first) / length * w, width = g.measureText(text).width;
      if (x < free || x + width > w) return;
      g.fillText(text, rtl ? w - x : x, h - 4);
      free = x + width + 10;
    };
    if (step) for (let day = this.first; day <= this.last; day += step) { const date = new Date(day * 864e5); put(day, `${date.getUTCDate()} ${monthName(date.getUTCMonth() + 1, true)}`); }
    else {
      const months = length / 30.4, every = [1, 3, 6, 12, 24, 60, 120].find((m) => months / m <= wanted) || 240, start = new Date(this.first * 864e5);
      for (let m = start.getUTCFullYear() * 12 + start.getUTCMonth(); ; m++) {
        const day = Date.UTC(Math.floor(m / 12), m % 12, 1) / 864e5;
        if (day > this.last) break;
        if (m % every || day < this.first) continue;
        put(day, every >= 12 ? String(Math.floor(m / 12)) : `${monthName(m % 12 + 1, true)} ${Math.floor(m / 12)}`);
      }
    }
  }
}
