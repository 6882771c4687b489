/* What lies round and under every map: panes, ground, limits, keys and its name. */
const mapFrame = (() => {
  "use strict";
  /** @type {[string, number][]} */
  const PANES = [["base", 150], ["borders", 340], ["areas", 400], ["lines", 420], ["points", 450], ["names", 590], ["numbers", 610]];

  /** @param {L.Map} map */
  function addPanes(map) {
    PANES.forEach(([name, height]) => {
      const pane = map.getPane(name) || map.createPane(name);
      pane.style.zIndex = String(height);
      if (name === "base" || name === "names") pane.style.pointerEvents = "none";
    });
  }

  /**
   * @param {L.Map} map
   * @param {FrameOptions} opts
   */
  function addGround(map, opts) {
    opts.base.forEach((spec) => mapLayer.make(spec).addTo(map));
    if (!opts.tiles) return;
    const streets = L.tileLayer(opts.tiles, {minZoom: 10, maxZoom: 18, className: "gator", keepBuffer: 1, updateWhenZooming: false});
    streets.once("tileload", () => map.getContainer().classList.add("med-gator"));
    streets.addTo(map);
  }

  /**
   * The wheel scrolls the page until the map has the focus; Escape puts a tooltip away.
   * @param {L.Map} map
   */
  function setKeys(map) {
    map.scrollWheelZoom.disable();
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Escape") map.eachLayer((layer) => { layer.closeTooltip(); });
    });
  }

  /**
   * @param {L.Map} map
   * @param {FrameOptions} opts
   */
  function add(map, opts) {
    addPanes(map);
    map.setMaxBounds(mapView.limit(opts.limit));
    map.options.maxBoundsViscosity = 0.7;
    mapControls.add(map);
    setKeys(map);
    addGround(map, opts);
    map.getContainer().setAttribute("role", "application");
    mapPlaceNames.keepApart(map);
  }

  /**
   * Speak a language, and be called `name` where one is given.
   * @param {L.Map} map
   * @param {FrameOptions} opts
   * @param {string} language
   * @param {string} name
   */
  function speak(map, opts, language, name) {
    mapWords.speak(language);
    document.documentElement.lang = mapWords.spoken();
    if (name) {
      document.title = name;
      map.getContainer().setAttribute("aria-label", name);
    }
    mapControls.name(map, opts.credit[mapWords.spoken()] || opts.credit.sv);
  }

  return {add, speak};
})();
