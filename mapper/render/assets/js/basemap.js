/** The world under the events: land, borders, divisions, water. */
import { boxed, copies, path, ring, worldX, worldY } from "./geo.js";
import { colour } from "./theme.js";

/** @typedef {import("./geo.js").Ring} Ring */
/** @typedef {import("./geo.js").View} View */

/**
 * @typedef {object} Basemap
 * @property {Map<string, Ring[]>} land by country code
 * @property {Ring[]} coasts @property {Ring[]} borders @property {Ring[]} disputed @property {Ring[]} claims @property {Ring[]} divisions
 * @property {{zoom: number, rings: Ring[]}[]} lakes @property {{zoom: number, rings: Ring[]}[]} rivers
 * @property {{code: string, names: Record<string, string>, x: number, y: number, zoom: number, rings: Ring[], width: number}[]} labels
 * @property {{name: string, plain: string, x: number, y: number, zoom: number, rank: number}[]} cities
 * @property {{name: string, plain: string, x: number, y: number}[]} places of events and mentions, with their names in the page's language
 */

/** @param {Ring[]} rings */
const widest = (rings) => rings.reduce((most, r) => Math.max(most, r.x1 - r.x0), 0);

/** @param {any} raw @param {string} language @returns {Basemap} */
export function decodeBasemap(raw, language) {
  const unit = raw.unit, arcs = raw.arcs.map((/** @type {number[]} */ a) => ring(a, unit));
  const uses = new Uint8Array(arcs.length);
  const joined = (/** @type {number[]} */ refs) => {
    let length = 0;
    for (const ref of refs) length += arcs[ref < 0 ? ~ref : ref].points.length;
    const out = new Float64Array(length);
    let at = 0;
    for (const ref of refs) {
      const index = ref < 0 ? ~ref : ref, points = arcs[index].points;
      uses[index]++;
      if (ref >= 0) out.set(points, at);
      else for (let i = points.length - 2, j = at; i >= 0; i -= 2, j += 2) { out[j] = points[i]; out[j + 1] = points[i + 1]; }
      at += points.length;
    }
    return boxed(out);
  };
  /** @type {Map<string, Ring[]>} */
  const land = new Map();
  for (const country of raw.countries) land.set(country.code, country.rings.map(joined));
  const disputed = new Set(raw.disputed);
  const byZoom = (/** @type {any[]} */ rows, /** @type {boolean} */ nested) => {
    /** @type {Map<number, Ring[]>} */
    const zooms = new Map();
    for (const [zoom, lines] of rows) {
      const list = zooms.get(zoom) || [];
      for (const line of nested ? lines : [lines]) list.push(ring(line, unit));
      zooms.set(zoom, list);
    }
    return [...zooms].map(([zoom, rings]) => ({ zoom, rings }));
  };
  const city = raw.cities, local = (city.names || {})[language] || {};
  return {
    land,
    coasts: arcs.filter((/** @type {Ring} */ _, /** @type {number} */ i) => uses[i] === 1),
    borders: arcs.filter((/** @type {Ring} */ _, /** @type {number} */ i) => uses[i] > 1 && !disputed.has(i)),
    disputed: arcs.filter((/** @type {Ring} */ _, /** @type {number} */ i) => uses[i] > 1 && disputed.has(i)),
    claims: (raw.claims || []).flatMap((/** @type {any[]} */ claim) => claim[2].map((/** @type {number[]} */ line) => ring(line, unit))),
    divisions: raw.admin1.map((/** @type {number[]} */ line) => ring(line, unit)),
    lakes: byZoom(raw.lakes, true),
    rivers: byZoom(raw.rivers, false),
    labels: raw.countries.map((/** @type {any} */ c) => ({ code: c.code, names: c.names, x: worldX(c.label[0] / unit), y: worldY(c.label[1] / unit), zoom: c.label[2], rings: land.get(c.code) || [], width: widest(land.get(c.code) || []) }))
      .sort((/** @type {any} */ a, /** @type {any} */ b) => a.zoom - b.zoom || b.width - a.width),
    cities: city.name.map((/** @type {string} */ name, /** @type {number} */ i) => ({ name: local[i] || name, plain: name, x: worldX(city.x[i] / unit), y: worldY(city.y[i] / unit), zoom: city.zoom[i], rank: city.rank[i] })),
    places: (raw.places || []).map((/** @type {[string, number, number, string]} */ [plain, x, y, name]) => ({ name, plain, x: worldX(x / unit), y: worldY(y / unit) })),
  };
}

/** @param {CanvasRenderingContext2D} g @param {View} view @param {Basemap} base */
export function drawBasemap(g, view, base) {
  const zoom = view.zoom, line = (/** @type {Ring[]} */ rings, /** @type {string} */ stroke, /** @type {number} */ width, /** @type {number} */ shift, seam = false) => {
    path(g, rings, view, { shift, seam });
    g.strokeStyle = stroke; g.lineWidth = width; g.stroke();
  };
  g.lineJoin = "round";
  for (const shift of copies(view)) {
    // One path a country: two that lie over each other (an enclave, a claim) must not cancel out.
    g.fillStyle = colour("land");
    for (const rings of base.land.values()) { path(g, rings, view, { closed: true, shift }); g.fill("evenodd"); }
    if (zoom >= 3.4) for (const river of base.rivers) if (zoom >= river.zoom - .6) line(river.rings, colour("river"), zoom >= 6.5 ? 1.5 : 1, shift);
    for (const lake of base.lakes) if (zoom >= lake.zoom - 1) {
      path(g, lake.rings, view, { closed: true, shift });
      g.fillStyle = colour("sea"); g.fill("evenodd");
      g.strokeStyle = colour("river"); g.lineWidth = .8; g.stroke();
    }
    if (zoom >= 4.2) line(base.divisions, colour("division"), zoom >= 6 ? 1.1 : .8, shift);
    line(base.coasts, colour("coast"), .9, shift);
    line(base.borders, colour("border"), zoom >= 5 ? 1.5 : 1.1, shift);
    // A claim's line may run along a border: the land's colour under it keeps the dashes apart.
    line(base.claims, colour("land"), 2.4, shift);
    g.setLineDash([4, 3]);
    line(base.disputed, colour("border"), zoom >= 5 ? 1.5 : 1.1, shift);
    line(base.claims, colour("border"), zoom >= 5 ? 1.5 : 1.1, shift);
    g.setLineDash([]);
  }
  // Beyond the edges of the projection there is no world.
  g.fillStyle = colour("panel");
  if (view.oy < 0) g.fillRect(0, 0, view.w, -view.oy);
  if (view.oy + view.h > view.scale) g.fillRect(0, view.scale - view.oy, view.w, view.oy + view.h - view.scale);
}
