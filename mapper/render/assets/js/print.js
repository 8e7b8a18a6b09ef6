/** On paper the list becomes a numbered table. */
import { byId, make, words } from "./dom.js";
import { eventFacts, whenWords } from "./receipt.js";
import { symbolCanvas, typeStyle } from "./types.js";

const MOST = 300;

/** @param {import("./store.js").Store} store @param {(code: string|null) => string} country */
export function fillPrint(store, country) {
  const table = byId("em-print-table"), head = make("tr"), body = make("tbody");
  for (const name of ["No.", "Type", "Event", "When", "Where", "Source"]) head.append(make("th", { scope: "col", text: name }));
  const count = Math.min(MOST, store.shownCount);
  for (let k = 0; k < count; k++) {
    const f = eventFacts(store, store.shown[k]), first = f.reports[0], style = typeStyle(f.type);
    body.append(make("tr", {}, make("td", { text: k + 1 }), make("td", {}, symbolCanvas(style, 13, f.basis === "inferred"), ` ${style.label}`, f.status === "reported" ? null : make("small", { text: ` (${f.status})` })),
      make("td", {}, words("b", f.headline, first?.language), first?.evidence ? words("div", first.evidence, first.language) : null),
      make("td", { text: whenWords(f) }), make("td", {}, f.place ? words("span", f.place) : "not said", f.place && f.country && f.precision !== "country" ? `, ${country(f.country)}` : "", f.footprint && f.footprint !== "point" ? make("small", { text: " (area)" }) : null),
      make("td", {}, words("span", first?.source || ""), first?.published ? `, ${first.published}` : "")));
  }
  table.replaceChildren(make("caption", { text: store.shownCount > MOST ? `The first ${MOST} of ${store.shownCount.toLocaleString("en")} events shown` : "Events shown" }), make("thead", {}, head), body);
}
