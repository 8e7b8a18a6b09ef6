/** Pointing at marks and clicking them. */
import { byId } from "./dom.js";
import { t } from "./strings.js";
import { typeStyle } from "./types.js";

/** @param {import("./main.js").App} app */
export function watchPointer(app) {
  const { store, marks, map } = app, { meta, spot } = store.data, container = map.getContainer(), tip = byId("em-tip"), view = () => app.layers.events.view;
  const onCanvas = (/** @type {any} */ e) => { const v = view(), p = map.project(e.latlng, map.getZoom()); return [p.x - v.ox, p.y - v.oy]; };
  container.append(tip);

  map.on("click", (/** @type {any} */ e) => {
    if (app.measure.on) { app.measure.add(e.latlng.lat, e.latlng.lng); return; }
    const [x, y] = onCanvas(e), item = marks.hit(x, y, view());
    if (!item) return;
    app.opener = null;
    if (item.kind === "mentioned") { app.openMention(/** @type {number} */ (item.place)); return; }
    const events = store.eventsOn(new Set(item.spots));
    if (item.kind === "cluster" && map.getZoom() < 13) {
      const points = item.spots.map((s) => [spot.lat[s] / 1e5, spot.lon[s] / 1e5]);
      map.fitBounds(points, { padding: [90, 90], maxZoom: 13, animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
      return;
    }
    const onBadge = Math.abs(x - item.x) <= item.w + 6 && Math.abs(y - item.y) <= 17;
    const also = item.kind === "area" ? marks.areasAt(x, y, view()).filter((other) => other !== item).slice(0, 4).map((other) => ({
      label: `${store.placeName(other.spots[0])} (${other.n})`, open: () => app.open(store.eventsOn(new Set(other.spots)), 0, app.latLng(other)),
    })) : [];
    app.open(events, 0, item.kind === "area" && !onBadge ? e.latlng : app.latLng(item), also);
  });
  map.on("mousemove", (/** @type {any} */ e) => {
    if (app.measure.on) { hover(null, null); return; }
    const [x, y] = onCanvas(e), item = marks.hit(x, y, view(), 3);
    container.classList.toggle("on-mark", !!item);
    hover(item, e.containerPoint);
  });
  map.on("mouseout movestart", () => hover(null, null));

  /** @param {import("./marks.js").Item|null} item @param {any} at */
  function hover(item, at) {
    tip.hidden = !item;
    if (!item) return;
    const name = item.kind === "mentioned" ? meta.mentioned[/** @type {number} */ (item.place)].shown : store.placeName(item.spots[0]), events = t("n.event", { n: item.n });
    const text = item.kind === "mentioned" ? t("hover.mentioned", { name }) : item.kind === "cluster" ? t("hover.cluster", { events, places: t("n.place", { n: new Set(item.spots.map((s) => spot.place[s])).size }) })
      : t("hover.mark", { name, what: item.n === 1 ? typeStyle(meta.types[item.types.findIndex(Boolean)]).label : events });
    if (tip.textContent !== text) tip.textContent = text;
    tip.style.transform = `translate(${Math.round(Math.max(6, Math.min(at.x + 14, container.clientWidth - tip.offsetWidth - 6)))}px, ${Math.round(Math.min(at.y + 16, container.clientHeight - tip.offsetHeight - 4))}px)`;
  }
}
