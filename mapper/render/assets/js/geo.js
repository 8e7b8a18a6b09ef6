/** Web Mercator as a unit square (x east, y south, both 0 to 1), rings in it, and drawing them. */

/** @typedef {{points: Float64Array, x0: number, y0: number, x1: number, y1: number}} Ring */
/** The part of the world on a canvas: origin in world pixels, size, and pixels per world. */
/** @typedef {{ox: number, oy: number, w: number, h: number, scale: number, zoom: number}} View */

/** @param {number} lon */
export const worldX = (lon) => lon / 360 + .5;
/** @param {number} lat */
export const worldY = (lat) => {
  const s = Math.sin(Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI / 180);
  return .5 - .25 * Math.log((1 + s) / (1 - s)) / Math.PI;
};
/** @param {number} x */
export const toLon = (x) => (x - .5) * 360;
/** @param {number} y */
export const toLat = (y) => 90 - 360 * Math.atan(Math.exp((y - .5) * 2 * Math.PI)) / Math.PI;

/** @param {number[]} deltas x0, y0, dx, dy, … in units of a degree @param {number} unit units in a degree @returns {Ring} */
export function ring(deltas, unit) {
  const points = new Float64Array(deltas.length);
  let x = 0, y = 0;
  for (let i = 0; i < deltas.length; i += 2) {
    x += deltas[i]; y += deltas[i + 1];
    points[i] = worldX(x / unit); points[i + 1] = worldY(y / unit);
  }
  return boxed(points);
}

/** @param {Float64Array} points @returns {Ring} */
export function boxed(points) {
  let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity;
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i], y = points[i + 1];
    if (x < x0) x0 = x;
    if (x > x1) x1 = x;
    if (y < y0) y0 = y;
    if (y > y1) y1 = y;
  }
  return { points, x0, y0, x1, y1 };
}

/** Which copies of the world the view shows, as whole worlds to shift by. @param {View} view */
export function copies(view) {
  const out = [];
  for (let k = Math.floor(view.ox / view.scale); k <= Math.floor((view.ox + view.w) / view.scale); k++) out.push(k);
  return out;
}

/** On the cut along the 180th meridian there is no border to draw. @param {number} a @param {number} b */
const onSeam = (a, b) => (a < 1e-5 && b < 1e-5) || (a > 1 - 1e-5 && b > 1 - 1e-5);

/**
 * Add rings to the canvas path, leaving out what is off view and points closer than a pixel.
 * @param {CanvasRenderingContext2D} g @param {Ring[]} rings @param {View} view
 * @param {{closed?: boolean, seam?: boolean, shift?: number}} [options] closed: fill; seam false: skip the 180th meridian
 */
export function path(g, rings, view, { closed = false, seam = true, shift = 0 } = {}) {
  const { w, h, scale } = view, ox = view.ox - shift * scale, oy = view.oy, margin = 8;
  g.beginPath();
  for (const r of rings) {
    if (r.x1 * scale < ox - margin || r.x0 * scale > ox + w + margin || r.y1 * scale < oy - margin || r.y0 * scale > oy + h + margin) continue;
    const p = r.points, last = p.length - 2;
    let lx = NaN, ly = NaN;
    for (let i = 0; i <= last; i += 2) {
      const x = p[i] * scale - ox, y = p[i + 1] * scale - oy;
      if (i && i < last && Math.abs(x - lx) < .7 && Math.abs(y - ly) < .7) continue;
      if (!i || (!seam && onSeam(p[i - 2], p[i]))) g.moveTo(x, y); else g.lineTo(x, y);
      lx = x; ly = y;
    }
    if (closed) g.closePath();
  }
}

/** @param {Ring[]} rings @param {number} x @param {number} y in the unit square */
export function inside(rings, x, y) {
  let odd = false;
  for (const r of rings) {
    if (x < r.x0 || x > r.x1 || y < r.y0 || y > r.y1) continue;
    const p = r.points;
    for (let i = 0, j = p.length - 2; i < p.length; j = i, i += 2) {
      if (p[i + 1] > y !== p[j + 1] > y && x < (p[j] - p[i]) * (y - p[i + 1]) / (p[j + 1] - p[i + 1]) + p[i]) odd = !odd;
    }
  }
  return odd;
}
