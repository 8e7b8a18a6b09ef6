/** The key: in a corner where it covers no mark, above the credits; folded where there is no such corner. */
import { byId } from "./dom.js";
import { L } from "./layer.js";
import { PHONE } from "./opening.js";

/** @param {import("./main.js").App} app */
export function makeLegend(app) {
  const legend = byId("em-legend"), container = app.map.getContainer();
  container.append(legend);
  L.DomEvent.disableClickPropagation(legend); L.DomEvent.disableScrollPropagation(legend);

  /** Marks that the key lies over. */
  function covered() {
    const box = legend.getBoundingClientRect(), map = container.getBoundingClientRect(), { view } = app.layers.events;
    return app.marks.items.filter(({ x, y, w }) => {
      const left = x - view.px + map.left, top = y - view.py + map.top;
      return left + w > box.left && left - w < box.right && top + 10 > box.top && top - 10 < box.bottom;
    }).length;
  }
  /** At the first view only: a key that wandered while the reader pans would be in the way. */
  function settle() {
    rest();
    if (PHONE.matches || container.clientHeight < 380 || document.documentElement.hasAttribute("data-embed")) legend.open = false;
    if (!legend.open || !covered()) return;
    legend.classList.add("other");
    if (!covered()) return;
    legend.classList.remove("other");
    legend.open = false;
  }
  /** Above the credits, however many lines these take. */
  function rest() {
    const credits = container.querySelector(".leaflet-control-attribution");
    legend.style.bottom = (credits ? credits.offsetHeight : 0) + 8 + "px";
  }
  legend.addEventListener("toggle", () => keepClear(app));
  return { settle, rest };
}

/** Let marks and names keep clear of buttons, key and credits. @param {import("./main.js").App} app @returns {boolean} whether a name or badge that is drawn lies under them */
export function keepClear({ map, marks, layers }) {
  const container = map.getContainer(), corner = container.getBoundingClientRect(), { px, py } = layers.events.view;
  marks.reserved = [...container.querySelectorAll(".leaflet-control, .em-legend")].map((one) => one.getBoundingClientRect()).filter((box) => box.width && box.height)
    .map((box) => [box.left - corner.left - 2, box.top - corner.top - 2, box.right - corner.left + 2, box.bottom - corner.top + 2]);
  let covering = false;
  for (const [left, top, right, bottom] of marks.reserved) covering = !marks.taken.claim([left + px, top + py, right + px, bottom + py]) || covering;
  return covering;
}
