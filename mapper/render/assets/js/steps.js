/** The address follows what the reader does, and the page follows the address: back and forward work. */
import { readAddress, writeAddress } from "./address.js";
import { PHONE } from "./opening.js";
import { framed } from "./tools.js";

/** @param {import("./main.js").App} app */
export function makeSteps(app) {
  const { store, map, texts } = app, { meta, n } = store.data;
  let ready = false, saving = 0, act = "", lastAct = "", lastAt = -1e9;
  const idOf = (/** @type {number} */ i) => store.texts ? store.texts.id(i) : String(i), hash = () => writeAddress(store, map, idOf);
  /** Put the view into the address. A deliberate act is a step that "back" undoes; the same act again at once (a slider being dragged) is the same step. @param {string} [kind] of act */
  function saveAddress(kind = "") {
    if (!ready) return;
    act ||= kind;
    clearTimeout(saving);
    saving = window.setTimeout(() => {
      const address = hash(), now = performance.now(), again = act === lastAct && now - lastAt < 1500, step = act !== "" && !again && !framed();
      if (act) { lastAct = act; lastAt = now; }
      act = "";
      if (address === location.hash) return;
      // Frames without an origin of their own may not touch their history.
      try { history[step ? "pushState" : "replaceState"](null, "", address); } catch { ready = false; }
    }, 150);
  }
  /** Show what the address says. It may be left again before the texts are read. */
  function restore() {
    const address = location.hash, { view, event: wanted, mention, from, to } = readAddress(store, address);
    clearTimeout(saving); act = "";
    app.close(true);
    app.timeline.set(from, to, true);
    app.panel.follow.checked = store.follow;
    if (view) map.setView([view[1], view[2]], view[0], { animate: false });
    else home();
    app.apply("");
    if (wanted || mention >= 0) texts.then(() => {
      if (location.hash !== address) return;
      if (mention >= 0) app.openMention(mention, false, true);
      for (let i = 0; wanted && i < n; i++) if (store.mask[i] && idOf(i) === wanted) { app.pick(i, true); break; }
    });
  }
  let waiting = false;
  function home() {
    // A frame that is not shown yet has no size to fit anything into.
    waiting = !map.getSize().x || !map.getSize().y;
    if (waiting) map.once("resize", () => { if (waiting) home(); });
    else if (meta.bounds) map.fitBounds(meta.bounds, { padding: PHONE.matches ? [22, 22] : [26, 26], maxZoom: 8, animate: false });
    else map.setView([12, 5], 3, { animate: false });
  }
  addEventListener("hashchange", () => { ready = false; restore(); ready = true; });
  return { saveAddress, restore, home, hash, begin: () => { ready = true; } };
}
