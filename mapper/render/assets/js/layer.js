/** A Leaflet layer that is one canvas, redrawn after each move and scaled with it meanwhile. */

/** @typedef {import("./geo.js").View} View */

export const L = /** @type {any} */ (window).L;
const PAD = .2;

/** @param {string} pane @param {(g: CanvasRenderingContext2D, view: View) => void} draw */
export function canvasLayer(pane, draw) {
  return new (L.Layer.extend({
    // Until the map has a size (in a frame that is not shown yet) this stands in.
    view: { ox: 0, oy: 0, w: 256, h: 256, scale: 256, zoom: 0, px: 0, py: 0 },
    onAdd(/** @type {any} */ map) {
      this._map = map;
      this.canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated", map.getPane(pane));
      this.canvas.setAttribute("aria-hidden", "true");
      // After each "viewreset" comes a "moveend": once is enough.
      map.on("moveend resize", this.redraw, this);
      map.on("zoomanim", this.animate, this);
      this.redraw();
    },
    onRemove(/** @type {any} */ map) {
      this.canvas.remove();
      map.off("moveend resize", this.redraw, this);
      map.off("zoomanim", this.animate, this);
    },
    animate(/** @type {any} */ event) {
      if (!this.ground) return;
      const scale = this._map.getZoomScale(event.zoom, this.zoom), at = this._map._latLngToNewLayerPoint(this.ground, event.zoom, event.center);
      L.DomUtil.setTransform(this.canvas, at.subtract(this.offset.multiplyBy(scale)), scale);
    },
    redraw() {
      const map = this._map, size = map && map.getSize();
      if (!size || !size.x || !size.y) return;
      const px = Math.round(size.x * PAD), py = Math.round(size.y * PAD), w = size.x + 2 * px, h = size.y + 2 * py;
      const canvas = this.canvas, density = devicePixelRatio || 1, topLeft = map.containerPointToLayerPoint([-px, -py]);
      L.DomUtil.setTransform(canvas, topLeft, 1);
      this.zoom = map.getZoom();
      // Not by way of the corner's latitude: there is none beyond the edge of the projection.
      const origin = map.getPixelOrigin().add(topLeft), scale = 256 * 2 ** this.zoom;
      const ground = L.point(origin.x + w / 2, Math.max(0, Math.min(scale, origin.y + h / 2)));
      this.ground = map.unproject(ground, this.zoom); this.offset = ground.subtract(origin);
      if (canvas.width !== Math.round(w * density) || canvas.height !== Math.round(h * density)) {
        canvas.width = Math.round(w * density); canvas.height = Math.round(h * density);
        canvas.style.width = w + "px"; canvas.style.height = h + "px";
      }
      const g = canvas.getContext("2d");
      g.setTransform(density, 0, 0, density, 0, 0);
      g.clearRect(0, 0, w, h);
      this.view = { ox: origin.x, oy: origin.y, w, h, scale, zoom: this.zoom, px, py };
      draw(g, this.view);
    },
  }))();
}
