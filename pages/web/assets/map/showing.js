/* A map that only shows: filled by the page, again and again, without a reload. */
const mapShowing = (() => {
  "use strict";
  /** @typedef {{key: string, layer: L.GeoJSON, zooms?: [number, number]}} Shown */
  const NARROW = 640;
  const MOST_OF_A_NARROW_SCREEN = 0.52;

  /**
   * The layers on a map: gives a function that is told which there shall be.
   * @param {L.Map} map
   */
  function shelf(map) {
    /** @type {Shown[]} */
    let now = [];

    function showByZoom() {
      const zoom = Math.floor(map.getZoom());                 // the map also stops half-way between two
      now.forEach(({layer, zooms}) => {
        const show = !zooms || (zoom >= zooms[0] && zoom <= zooms[1]);
        if (show && !map.hasLayer(layer)) layer.addTo(map);
        if (!show && map.hasLayer(layer)) map.removeLayer(layer);
      });
    }
    map.on("zoomend", showByZoom);

    /** @param {LayerSpec[]} specs */
    return (specs) => {
      const next = specs.map((spec) => {
        const key = JSON.stringify(spec);
        return now.find((one) => one.key === key) || {key, layer: mapLayer.make(spec), zooms: spec.zooms};
      });
      now.forEach((one) => { if (next.indexOf(one) < 0) map.removeLayer(one.layer); });
      now = next;
      showByZoom();
      function stack() { next.forEach(({layer}) => { if (map.hasLayer(layer)) layer.bringToFront(); }); }
      next.forEach(({layer}) => layer.off("ready").on("ready", stack));
      stack();
    };
  }

  /**
   * A place that the person has searched: gives a function that is told which.
   * @param {L.Map} map
   */
  function marker(map) {
    let known = "";
    /** @type {L.Marker | null} */
    let pin = null;
    /** @param {Place | null | undefined} place */
    return (place) => {
      const asked = JSON.stringify(place) || "";
      if (asked === known) return;
      known = asked;
      if (pin) map.removeLayer(pin);
      pin = place ? mapPin.make([place.lat, place.lon], place.name).addTo(map) : null;
    };
  }

  /** @param {number} height */
  function heightOnScreen(height) {
    return innerWidth < NARROW ? Math.min(height, Math.round(screen.height * MOST_OF_A_NARROW_SCREEN)) : height;
  }

  /**
   * @param {L.Map} map
   * @param {FrameOptions} opts
   */
  function start(map, opts) {
    mapFrame.add(map, opts);
    mapFrame.speak(map, opts, opts.lang, document.title);
    mapView.moveByTwoFingers(map);
    mapView.fit(map, opts.bounds);
    const show = shelf(map), mark = marker(map), widen = mapView.widener(map, opts.limit);
    let view = "";
    let last = opts.bounds;
    let isFitted = false;

    function measure() {
      map.invalidateSize({pan: false});
      if (isFitted || map.getSize().x <= 0 || map.getSize().y <= 100) return;
      mapView.fit(map, last);
      isFitted = true;
    }

    /** @param {Bounds} bounds */
    function look(bounds) {
      if (JSON.stringify(bounds) === view) return;
      view = JSON.stringify(bounds);
      last = bounds;
      isFitted = false;
      widen(bounds);
    }

    addEventListener("message", (event) => {
      if (event.source !== parent || !event.data || event.data.type !== "streamlit:render") return;
      const asked = event.data.args || {};
      mapPage.tell("streamlit:setFrameHeight", {height: heightOnScreen(asked.height)});
      if (asked.lang !== mapWords.spoken() || asked.name !== document.title) mapFrame.speak(map, opts, asked.lang, asked.name);
      show(asked.layers || []);
      mark(asked.mark);
      look(asked.bounds);
      setTimeout(measure, 0);
    });
    addEventListener("resize", measure);
    mapPage.tell("streamlit:componentReady", {apiVersion: 1});
  }

  return {start};
})();
