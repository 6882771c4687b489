/* The signs round a map: buttons for zoom, north, scale, sources; their words follow the language. */
const mapControls = (() => {
  "use strict";
  /**
   * @typedef {{north: HTMLElement, summary: HTMLElement, sources: HTMLElement, zoom?: L.Control.Zoom}} Controls
   * @type {WeakMap<L.Map, Controls>}
   */
  const placed = new WeakMap();

  /**
   * @param {L.Map} map
   * @param {L.ControlPosition} position
   * @param {HTMLElement} element
   */
  function place(map, position, element) {
    const control = new L.Control({position});
    control.onAdd = () => element;
    control.addTo(map);
  }

  function northSign() {
    const sign = L.DomUtil.create("div", "norr");
    sign.setAttribute("role", "img");
    sign.textContent = "N";
    return sign;
  }

  // one line; the rest unfolds where it is narrow
  function sourceLine() {
    const box = L.DomUtil.create("details", "kallor");
    const summary = box.appendChild(document.createElement("summary"));
    const sources = box.appendChild(document.createElement("div"));
    box.open = innerWidth >= 640;
    L.DomEvent.disableClickPropagation(box);
    return {box, summary, sources};
  }

  /**
   * Put all but the buttons in their places.
   * @param {L.Map} map
   */
  function add(map) {
    const {box, summary, sources} = sourceLine();
    const north = northSign();
    map.attributionControl.remove();
    place(map, "bottomright", box);
    L.control.scale({imperial: false, maxWidth: 120, position: "bottomleft"}).addTo(map);
    place(map, "bottomleft", north);
    placed.set(map, {north, summary, sources});
  }

  /**
   * Say everything in the language that was chosen.
   * @param {L.Map} map
   * @param {string} credit
   */
  function name(map, credit) {
    const controls = /** @type {Controls} */ (placed.get(map));
    controls.north.setAttribute("aria-label", mapWords.say("north"));
    controls.summary.textContent = mapWords.say("sources");
    controls.sources.textContent = `Leaflet · ${credit}`;
    if (controls.zoom) map.removeControl(controls.zoom);
    controls.zoom = L.control.zoom({position: "topleft", zoomInTitle: mapWords.say("in"), zoomOutTitle: mapWords.say("out"),
      zoomInText: "+", zoomOutText: "−"}).addTo(map);
  }

  return {place, add, name};
})();
