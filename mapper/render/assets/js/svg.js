/** Stands in for a canvas's context and writes SVG: the same drawing functions make the picture and the drawing. */

const ESCAPES = /[&<>"\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** Any text as XML; what XML cannot hold is left out. @param {string} text */
export const xml = (text) => text.replace(ESCAPES, (c) => /[&<>"]/.test(c) ? `&#${c.charCodeAt(0)};` : "").replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");

const round2 = (/** @type {number} */ n) => String(Math.round(n * 100) / 100);
const ANCHORS = { left: "start", start: "start", center: "middle", right: "end", end: "end" };

export class SvgContext {
  /** @param {number} width @param {number} height @param {string} title @param {boolean} rtl */
  constructor(width, height, title, rtl) {
    this.head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"${rtl ? ' direction="rtl"' : ""}><title>${xml(title)}</title>`;
    this.rtl = rtl;
    /** @type {string[]} */
    this.out = [];
    /** @type {string[]} */
    this.defs = [];
    this.open = 0;
    /** @type {any[]} */
    this.stack = [];
    this.d = "";
    this.dash = "";
    this.fillStyle = this.strokeStyle = /** @type {any} */ ("#000");
    this.lineWidth = 1; this.globalAlpha = 1;
    this.lineJoin = "miter"; this.lineCap = "butt"; this.textAlign = "left"; this.textBaseline = "alphabetic"; this.font = "10px sans-serif"; this.letterSpacing = "0px";
    this.ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  }

  save() { this.stack.push([this.open, this.dash, this.globalAlpha]); }
  restore() { const [open, dash, alpha] = this.stack.pop(); this.dash = dash; this.globalAlpha = alpha; while (this.open > open) { this.out.push("</g>"); this.open--; } }
  /** @param {string} attributes */
  group(attributes) { this.out.push(`<g ${attributes}>`); this.open++; }
  /** @param {number} x @param {number} y */
  translate(x, y) { this.group(`transform="translate(${round2(x)} ${round2(y)})"`); }
  clip() { const id = "c" + this.defs.length; this.defs.push(`<clipPath id="${id}"><path d="${this.d}"/></clipPath>`); this.group(`clip-path="url(#${id})"`); }

  beginPath() { this.d = ""; }
  closePath() { this.d += "Z"; }
  /** @param {number} x @param {number} y */
  moveTo(x, y) { this.d += `M${round2(x)} ${round2(y)}`; }
  /** @param {number} x @param {number} y */
  lineTo(x, y) { this.d += `L${round2(x)} ${round2(y)}`; }
  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  rect(x, y, w, h) { this.d += `M${round2(x)} ${round2(y)}h${round2(w)}v${round2(h)}h${round2(-w)}Z`; }
  /** @param {number} x @param {number} y @param {number} w @param {number} h @param {number} r */
  roundRect(x, y, w, h, r) {
    const a = `a${r} ${r} 0 0 1 `;
    this.d += `M${round2(x + r)} ${round2(y)}h${round2(w - 2 * r)}${a}${r} ${r}v${round2(h - 2 * r)}${a}${-r} ${r}h${round2(2 * r - w)}${a}${-r} ${-r}v${round2(2 * r - h)}${a}${r} ${-r}Z`;
  }
  /** @param {number} x @param {number} y @param {number} r @param {number} from @param {number} to */
  arc(x, y, r, from, to) {
    const at = (/** @type {number} */ angle) => `${round2(x + r * Math.cos(angle))} ${round2(y + r * Math.sin(angle))}`, arc = `A${round2(r)} ${round2(r)} 0 `;
    this.d += (this.d && !this.d.endsWith("Z") ? "L" : "M") + at(from);
    if (to - from >= 2 * Math.PI - 1e-6) this.d += `${arc}1 1 ${at(from + Math.PI)}${arc}1 1 ${at(from)}Z`;
    else this.d += `${arc}${to - from > Math.PI ? 1 : 0} 1 ${at(to)}`;
  }
  /** @param {number[]} dash */
  setLineDash(dash) { this.dash = dash.length ? ` stroke-dasharray="${dash.join(" ")}"` : ""; }

  /** @param {string} kind @param {any} style */
  paint(kind, style) {
    const alpha = this.globalAlpha < 1 ? ` ${kind}-opacity="${this.globalAlpha}"` : "";
    if (typeof style !== "string") return ` ${kind}="url(#${style.id})"${alpha}`;
    const rgba = /^rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\)$/.exec(style);
    return rgba ? ` ${kind}="rgb(${rgba[1]},${rgba[2]},${rgba[3]})" ${kind}-opacity="${Number(rgba[4]) * this.globalAlpha}"` : ` ${kind}="${xml(style)}"${alpha}`;
  }
  /** Lines that stay on the ground, as Marks.hatch() lays them on a canvas. @param {string} ink @param {number} x @param {number} y @param {boolean} steep */
  hatchOf(ink, x, y, steep) {
    const id = "h" + this.defs.length, lines = [-1, 0, 1].map((k) => steep ? `M${k * 9 - 2} -2L${(k + 1) * 9 + 2} 11` : `M${k * 9 - 2} 11L${(k + 1) * 9 + 2} -2`).join("");
    this.defs.push(`<pattern id="${id}" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="translate(${round2(x)} ${round2(y)})"><path d="${lines}" stroke="${xml(ink)}" stroke-width="1.1"/></pattern>`);
    return { id };
  }
  stroked() { return `${this.paint("stroke", this.strokeStyle)} stroke-width="${this.lineWidth}" stroke-linejoin="${this.lineJoin}"${this.lineCap === "round" ? ' stroke-linecap="round"' : ""}${this.dash}`; }
  /** @param {string} [rule] */
  fill(rule) { if (this.d) this.out.push(`<path d="${this.d}"${this.paint("fill", this.fillStyle)}${rule === "evenodd" ? ' fill-rule="evenodd"' : ""}/>`); }
  stroke() { if (this.d) this.out.push(`<path d="${this.d}" fill="none"${this.stroked()}/>`); }
  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  fillRect(x, y, w, h) { const { d } = this; this.d = ""; this.rect(x, y, w, h); this.fill(); this.d = d; }

  /** @param {string} text */
  measureText(text) { this.ruler.font = this.font; return this.ruler.measureText(text); }
  /** @param {string} text @param {number} x @param {number} y @param {string} paint @param {number} [most] width */
  text(text, x, y, paint, most = Infinity) {
    const [, style = "", weight = "400", size = "12", family = "sans-serif"] = /^(italic )?(\d{3} )?([\d.]+)px (.*)$/.exec(this.font) || [];
    // Right-to-left text is anchored at its right end, so that "start" is the right.
    const side = /** @type {any} */ (ANCHORS)[this.textAlign], anchor = this.rtl && side !== "middle" ? (side === "start" ? "end" : "start") : side;
    const down = this.textBaseline === "middle" ? Number(size) * .35 : 0;
    const attributes = [["x", round2(x)], ["y", round2(y + down)], ["font-family", family], ["font-size", size], ["font-weight", weight.trim() === "400" ? "" : weight.trim()], ["font-style", style && "italic"],
      ["text-anchor", anchor === "start" ? "" : anchor], ["letter-spacing", this.letterSpacing === "0px" ? "" : this.letterSpacing], ["textLength", this.measureText(text).width > most ? round2(most) : ""]];
    this.out.push(`<text${attributes.map(([name, value]) => value ? " " + name + '="' + xml(value) + '"' : "").join("")}${paint}>${xml(text)}</text>`);
  }
  /** @param {string} text @param {number} x @param {number} y @param {number} [most] */
  fillText(text, x, y, most) { this.text(text, x, y, this.paint("fill", this.fillStyle), most); }
  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) { this.text(text, x, y, ` fill="none"${this.stroked()}`); }

  toString() {
    while (this.open) { this.out.push("</g>"); this.open--; }
    return `${this.head}<defs>${this.defs.join("")}</defs>${this.out.join("\n")}</svg>\n`;
  }
}
