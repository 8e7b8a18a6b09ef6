/** Distances on the ground, by clicks or by keyboard: the shortest way over the globe from point to point. */
import { announce, byId } from "./dom.js";
import { worldX, worldY } from "./geo.js";
import { canvasLayer } from "./layer.js";
import { number, t } from "./strings.js";
import { colour } from "./theme.js";

const EARTH = 6371.0088, RAD = Math.PI / 180;

/** @typedef {[number, number]} Point latitude, longitude */

/** Kilometres on a sphere of the Earth's mean radius, haversine. @param {Point} a @param {Point} b */
export function distance(a, b) {
  const h = Math.sin((b[0] - a[0]) * RAD / 2) ** 2 + Math.cos(a[0] * RAD) * Math.cos(b[0] * RAD) * Math.sin((b[1] - a[1]) * RAD / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Points on the great circle from a to b, both ends included. @param {Point} a @param {Point} b @param {number} steps @returns {Point[]} */
export function greatCircle(a, b, steps) {
  const angle = distance(a, b) / EARTH;
  if (angle < 1e-6 || angle > Math.PI - 1e-6) return [a, b];
  const vector = (/** @type {Point} */ p) => [Math.cos(p[0] * RAD) * Math.cos(p[1] * RAD), Math.cos(p[0] * RAD) * Math.sin(p[1] * RAD), Math.sin(p[0] * RAD)], u = vector(a), v = vector(b);
  /** @type {Point[]} */
  const out = [];
  for (let k = 0; k <= steps; k++) {
    const f = Math.sin(angle * (1 - k / steps)) / Math.sin(angle), s = Math.sin(angle * k / steps) / Math.sin(angle), [x, y, z] = u.map((c, i) => f * c + s * v[i]);
    const lon = Math.atan2(y, x) / RAD, last = out.length ? out[out.length - 1][1] : a[1];
    // Over the antimeridian the line goes on, into the next copy of the world.
    out.push([Math.atan2(z, Math.hypot(x, y)) / RAD, lon + 360 * Math.round((last - lon) / 360)]);
  }
  return out;
}

/** @param {number} km */
const inKm = (km) => number(km, km < 10 ? 1 : 0);

export class Measure {
  /** @param {any} map @param {HTMLElement} container */
  constructor(map, container) {
    this.map = map; this.container = container;
    /** @type {Point[]} */
    this.points = [];
    this.on = false;
    this.bar = byId("em-measure"); this.output = byId("em-measure-out"); this.cross = byId("em-cross");
    container.append(this.bar, this.cross);
    const L = /** @type {any} */ (window).L;
    L.DomEvent.disableClickPropagation(this.bar);
    this.layer = canvasLayer("em-labels", (g, view) => this.draw(g, view));
    byId("em-measure-add").addEventListener("click", () => this.addCentre());
    byId("em-measure-undo").addEventListener("click", () => { this.points.pop(); this.tell(); });
    byId("em-measure-done").addEventListener("click", () => this.stop());
    container.addEventListener("keydown", (/** @type {KeyboardEvent} */ e) => {
      if (!this.on || e.target !== container) return;
      if (e.key === "Enter") this.addCentre();
      else if (e.key === "Backspace") { this.points.pop(); this.tell(); }
      else return;
      e.preventDefault();
    });
  }

  start() {
    if (this.on) return;
    this.on = true;
    this.points = [];
    this.bar.hidden = this.cross.hidden = false;
    this.container.classList.add("measuring");
    this.layer.addTo(this.map);
    this.tell();
    this.container.focus({ preventScroll: true });
  }

  stop() {
    if (!this.on) return;
    this.on = false;
    this.bar.hidden = this.cross.hidden = true;
    this.container.classList.remove("measuring");
    this.layer.remove();
    this.container.focus({ preventScroll: true });
  }

  addCentre() { const c = this.map.getCenter(); this.add(c.lat, c.lng); }

  /** @param {number} lat @param {number} lon */
  add(lat, lon) { this.points.push([lat, lon]); this.tell(); }

  total() {
    let km = 0;
    for (let k = 1; k < this.points.length; k++) km += distance(this.points[k - 1], this.points[k]);
    return km;
  }

  tell() {
    const words = this.points.length < 2 ? t("measure.start") : t("measure.total", { km: inKm(this.total()) });
    this.output.textContent = words;
    byId("em-measure-undo").disabled = !this.points.length;
    announce(words);
    if (this.layer._map) this.layer.redraw();
  }

  /** @param {CanvasRenderingContext2D} g @param {import("./geo.js").View} view */
  draw(g, view) {
    const { scale, ox, oy } = view, at = (/** @type {Point} */ p) => [worldX(p[1]) * scale - ox, worldY(p[0]) * scale - oy];
    g.lineJoin = "round";
    for (const [width, ink] of /** @type {[number, string][]} */ ([[5, "halo"], [2.2, "accent"]])) {
      g.beginPath();
      for (let k = 1; k < this.points.length; k++) greatCircle(this.points[k - 1], this.points[k], 48).forEach((p, i) => { const [x, y] = at(p); if (i) g.lineTo(x, y); else g.moveTo(x, y); });
      g.lineWidth = width; g.strokeStyle = colour(ink); g.stroke();
    }
    for (const p of this.points) {
      const [x, y] = at(p);
      g.beginPath(); g.arc(x, y, 4.5, 0, 7); g.fillStyle = colour("paper"); g.fill(); g.lineWidth = 2.2; g.strokeStyle = colour("accent"); g.stroke();
    }
  }
}
