/* The round marks with a number, one on each area: these are tab stops, the areas are not. */
const mapNumbers = (() => {
  "use strict";

  /**
   * @param {LayerSpec} spec
   * @param {L.Polygon} shape
   * @param {MapFeature} feature
   */
  function picture(spec, shape, feature) {
    const p = feature.properties || {};
    const html = document.createElement("span");
    const {color} = mapAppearance.style(spec, feature);
    html.className = "nummer";
    html.textContent = String(p[spec.label || ""]);
    html.style.borderColor = color;
    html.style.color = color;
    const at = p.label_at;
    return L.marker(Array.isArray(at) ? L.latLng(at[1], at[0]) : shape.getBounds().getCenter(), {
      pane: "numbers", keyboard: !!spec.clickable, interactive: !!spec.clickable, bubblingMouseEvents: false,
      icon: L.divIcon({className: "nummer-plats", html, iconSize: [44, 44]}),
    });
  }

  /**
   * The mark of a feature that has a number.
   * @param {LayerSpec} spec
   * @param {L.Polygon} shape
   */
  function mark(spec, shape) {
    const feature = /** @type {MapFeature} */ (shape.feature);
    const p = feature.properties || {};
    const number = p[spec.label || ""];
    if (number === null || number === undefined) return null;
    const made = picture(spec, shape, feature);
    made.feature = /** @type {GeoJSON.Feature<GeoJSON.Point>} */ (feature);
    made.on("add", () => {
      const node = /** @type {HTMLElement} */ (made.getElement());
      if (spec.clickable) node.setAttribute("aria-label", `${number}. ${p.title || p.name || ""}`);
      else node.setAttribute("aria-hidden", "true");
    });
    if (spec.clickable) {
      made.on("click", () => mapPage.tellClick(spec, feature));
      made.on("keypress", (event) => {
        const {key} = /** @type {L.LeafletKeyboardEvent} */ (event).originalEvent;
        if (key === "Enter" || key === " ") mapPage.tellClick(spec, feature);
      });
    }
    if (spec.tooltip) made.bindTooltip(() => mapTooltip.box(spec, feature), {className: "ruta"});
    return made;
  }

  return {mark};
})();
