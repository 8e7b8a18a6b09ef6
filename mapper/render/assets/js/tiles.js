/** Pictures from a tile server under the events: only where the page was made with one, only once the reader says so. */
import { byId, make } from "./dom.js";
import { t } from "./strings.js";
import { xml } from "./svg.js";

/**
 * @param {any} map @param {{url: string, host: string, credit: string}|null} tiles @param {(on: boolean) => void} switched
 */
export function offerTiles(map, tiles, switched) {
  if (!tiles) return;
  const L = /** @type {any} */ (window).L, layer = L.tileLayer(tiles.url, { attribution: xml(tiles.credit), referrerPolicy: "no-referrer", maxZoom: 19, updateWhenIdle: true });
  const box = make("input", { type: "checkbox", id: "em-tiles", onchange: () => { if (box.checked) layer.addTo(map); else layer.remove(); switched(box.checked); } });
  byId("em-legend").querySelector("ul").append(make("li", {}, make("span", {}), make("label", {}, box, " ", t("tiles.on", { host: tiles.host }))));
}
