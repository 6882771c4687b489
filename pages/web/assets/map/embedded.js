/* A map on the page of somebody else: its layers are there from the start. */
const mapEmbedded = (() => {
  "use strict";

  /**
   * @param {L.Map} map
   * @param {FrameOptions & {name: string, layers: LayerSpec[]}} opts
   */
  function start(map, opts) {
    mapFrame.add(map, opts);
    mapFrame.speak(map, opts, opts.lang, opts.name);
    mapView.moveByTwoFingers(map);
    opts.layers.forEach((spec) => mapLayer.make(spec).addTo(map));
    function measure() {
      map.invalidateSize({pan: false});
      mapView.fit(map, opts.bounds);
    }
    addEventListener("resize", measure);
    measure();
  }

  return {start};
})();
