/* One layer: fetched when it is shown, drawn as the server says, with its numbers and tooltips. */
const mapLayer = (() => {
  "use strict";
  const PANES = {fill: "areas", hatch: "areas", line: "lines", points: "points", labels: "names"};
  const isTouched = matchMedia("(pointer: coarse)").matches;

  /**
   * @param {LayerSpec} spec
   * @returns {L.GeoJSON}
   */
  function shapes(spec) {
    const pane = spec.pane || PANES[spec.kind];
    const only = spec.only;
    return L.geoJSON(null, /** @type {L.GeoJSONOptions} */ ({
      interactive: spec.interactive !== false, pane,
      filter: (feature) => !only || only[1].indexOf(String((feature.properties || {})[only[0]])) >= 0,
      style: (feature) => mapAppearance.style(spec, /** @type {MapFeature} */ (feature)),
      pointToLayer: (feature, at) => (spec.kind === "labels" ? mapPlaceNames.name(spec, feature, at) : mapAppearance.mark(spec, feature, at, pane)),
    }));
  }

  /**
   * Shapes are not tab stops: numbers and tables are.
   * @param {L.GeoJSON} layer
   */
  function hideFromHearing(layer) {
    layer.eachLayer((one) => {
      const node = one instanceof L.Path || one instanceof L.Marker ? one.getElement() : undefined;
      if (node) node.setAttribute("aria-hidden", "true");
    });
  }

  /**
   * Make the layer of a specification; it is filled when it is first put on a map, and fires `ready` then.
   * @param {LayerSpec} spec
   */
  function make(spec) {
    const layer = shapes(spec);
    const isNames = spec.kind === "labels";
    const numbers = spec.label && !isNames ? L.layerGroup() : null;
    let isFilled = false;
    /** @type {L.Map | null} */
    let map = null;
    if (spec.tooltip) layer.bindTooltip((one) => mapTooltip.box(spec, featureOf(one)), {sticky: !isTouched, className: "ruta"});
    if (spec.clickable) layer.on("click", (event) => mapPage.tellClick(spec, featureOf(event.propagatedFrom)));

    /** @param {GeoJSON.GeoJsonObject} data */
    function fill(data) {
      if (!map) return;                                       // taken away while it was fetched: filled next time
      isFilled = true;
      layer.clearLayers();
      layer.addData(data);
      if (isNames) mapPlaceNames.followZoom(map, layer);
      else hideFromHearing(layer);
      if (!numbers) return;
      numbers.clearLayers();
      layer.getLayers().forEach((one) => {
        const mark = mapNumbers.mark(spec, /** @type {L.Polygon} */ (one));
        if (mark) numbers.addLayer(mark);
      });
      numbers.addTo(map);
    }

    layer.on("add", (event) => {
      map = /** @type {{_map: L.Map}} */ (event.target)._map;
      if (!isFilled) mapData.load(spec, (data) => { fill(data); layer.fire("ready"); });
      else if (numbers) numbers.addTo(map);
    });
    layer.on("remove", () => {
      map = null;
      if (numbers) numbers.remove();
    });
    return layer;
  }

  /** @param {L.Layer} one */
  function featureOf(one) { return /** @type {{feature: MapFeature}} */ (/** @type {unknown} */ (one)).feature; }

  return {make};
})();
