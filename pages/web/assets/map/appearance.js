/* How a feature of a layer looks: colours, classes, patterns and shapes. Constants of the server,
   numbers and codes in; nothing that anybody wrote. */
const mapAppearance = (() => {
  "use strict";
  const {own} = mapParts;
  const UNHEARD = "#8A8378";

  /**
   * The colour of the class that a number lies in.
   * @param {LayerSpec} spec
   * @param {unknown} value
   */
  function classColour(spec, value) {
    if (!spec.breaks || !spec.ramp || typeof value !== "number") return undefined;
    let i = 0;
    while (i < spec.breaks.length && value > spec.breaks[i]) i += 1;
    return spec.ramp[i];
  }

  /**
   * The value that decides the look, and the word it is known by.
   * @param {LayerSpec} spec
   * @param {MapFeature} feature
   * @returns {[unknown, string]}
   */
  function valueOf(spec, feature) {
    const raw = (feature.properties || {})[spec.property || ""];
    return [raw, raw === null || raw === undefined ? "null" : String(raw)];
  }

  /**
   * @param {LayerSpec} spec
   * @param {unknown} raw
   * @param {string} key
   * @returns {L.PathOptions}
   */
  function plainFill(spec, raw, key) {
    const colour = own(spec.fills, key) || classColour(spec, raw) || spec.fill;
    // hollow, but hover and click work inside
    if (!colour) return {fillColor: "#fff", fillOpacity: 0};
    const path = own(spec.patterns, colour);
    return {fillColor: path ? mapPatterns.lines(colour, path) : colour};
  }

  /**
   * What a feature is filled with, and what follows from it.
   * @param {LayerSpec} spec
   * @param {unknown} raw
   * @param {string} key
   * @param {string} line
   * @returns {L.PathOptions}
   */
  function filling(spec, raw, key, line) {
    if (spec.kind === "line") return {fillColor: "#fff", fillOpacity: 0};
    if (spec.kind === "hatch" || (spec.hatch_values || []).indexOf(key) >= 0) {
      return {fillColor: mapPatterns.diagonals(line), fillOpacity: 1};
    }
    if ((spec.dot_values || []).indexOf(key) >= 0) {
      return {fillColor: mapPatterns.dots(UNHEARD), fillOpacity: 0.9, dashArray: "1 4", weight: Math.max(2, spec.weight)};
    }
    return plainFill(spec, raw, key);
  }

  /**
   * @param {LayerSpec} spec
   * @param {MapFeature} feature
   * @returns {L.PathOptions & {color: string}}
   */
  function style(spec, feature) {
    const [raw, key] = valueOf(spec, feature);
    const line = own(spec.colors, key) || spec.color;
    const look = {color: line, weight: spec.weight, dashArray: spec.dash, fill: true, fillOpacity: spec.fill_opacity, opacity: 1};
    const ofPoint = {color: own(spec.colors, key) || "#fff", weight: 1.5, fillOpacity: Math.max(0.92, spec.fill_opacity)};
    return Object.assign(look, spec.kind === "points" ? ofPoint : {}, filling(spec, raw, key, line));
  }

  // ---- shapes of points -----------------------------------------------------------------------
  /** @type {Record<string, [number, number][]>} */
  const CORNERS = {
    square: [[-.9, -.9], [.9, -.9], [.9, .9], [-.9, .9]],
    triangle: [[0, -1.2], [1.1, .9], [-1.1, .9]],
    diamond: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
  };

  // Leaflet draws circles; how another shape is drawn is its own affair, which its types do not name
  const ownParts = /** @type {any} */ (L.CircleMarker.prototype);
  const Mark = /** @type {new (at: L.LatLng, options: object) => L.CircleMarker} */ (L.CircleMarker.extend({
    _updatePath() {
      const shape = this.options.shape;
      if (!shape || shape === "circle" || this._empty()) { ownParts._updatePath.call(this); return; }
      const at = this._point, r = this._radius;
      const corners = (own(CORNERS, shape) || CORNERS.diamond).map(([x, y]) => `${at.x + x * r} ${at.y + y * r}`);
      this._renderer._setPath(this, `M${corners.join("L")}Z`);
    },
  }));

  /**
   * @param {LayerSpec} spec
   * @param {MapFeature} feature
   * @param {L.LatLng} at
   * @param {string} pane
   */
  function mark(spec, feature, at, pane) {
    const raw = (feature.properties || {})[spec.property || ""];
    return new Mark(at, {radius: spec.radius, pane, shape: own(spec.shapes, String(raw))});
  }

  return {style, mark};
})();
