/** Names of places in the page's language, as far as the base map has them. */
import { fold } from "./dom.js";
import { worldX, worldY } from "./geo.js";

/** World units (a fiftieth of a degree) within which a place of that name is the same: a province of a town's name lies farther off. */
const SAME = 6e-5;

/**
 * Give each spot and each mentioned place the name to show.
 * @param {import("./store.js").Store} store @param {import("./basemap.js").Basemap} base @param {string} language
 */
export function nameLocally(store, base, language) {
  const { meta, spot, event } = store.data, country = new Uint16Array(store.spots), whole = meta.enums.precision.indexOf("country");
  /** @type {Map<string, import("./basemap.js").Basemap["places"]>} */
  const towns = new Map();
  const countries = new Map(base.labels.map((c) => [c.code, c.names[language] || c.names.en]));
  if (language !== "en") for (const city of [...base.places, ...base.cities]) if (city.name !== city.plain) towns.set(fold(city.plain), [...(towns.get(fold(city.plain)) || []), city]);
  const town = (/** @type {string} */ name, /** @type {number} */ lat, /** @type {number} */ lon) => {
    // A town and the province of its name lie close together.
    const far = (/** @type {{x: number, y: number}} */ one) => Math.hypot(one.x - worldX(lon), one.y - worldY(lat));
    return (towns.get(fold(name)) || []).filter((one) => far(one) < SAME).sort((a, b) => far(a) - far(b))[0]?.name;
  };
  for (const m of meta.mentioned) m.shown = (language !== "en" && (m.labelled ? countries.get(m.country) : town(m.name, m.lat, m.lon))) || m.name;
  if (language === "en") return;
  for (let i = 0; i < store.n; i++) if (event.spot[i]) country[event.spot[i] - 1] = event.country[i];
  for (let s = 0; s < store.spots; s++) {
    const code = country[s] ? meta.countries[country[s] - 1] : "";
    const name = spot.precision[s] === whole ? countries.get(code) : town(meta.places[spot.place[s]], spot.lat[s] / 1e5, spot.lon[s] / 1e5);
    if (name) store.names[s] = name;
  }
}
