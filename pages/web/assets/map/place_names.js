/* The names of places: which are shown at which zoom level, and how they make room for the numbers. */
const mapPlaceNames = (() => {
  "use strict";
  const AIR = 2;
  const MOST_ZOOM = 30;

  /**
   * @param {LayerSpec} spec
   * @param {MapFeature} feature
   * @param {L.LatLng} at
   */
  function name(spec, feature, at) {
    const p = feature.properties || {};
    const html = document.createElement("span");
    html.textContent = String(p[spec.label || ""] || "");
    html.className = `ortnamn ortnamn-${String(p.sort || p.kind || "").replace(/[^a-z_]/g, "")}`;
    const zooms = {minzoom: Number(p.min_zoom || p.minzoom || 0), maxzoom: Number(p.max_zoom || p.maxzoom || MOST_ZOOM)};
    return L.marker(at, Object.assign(zooms, {
      interactive: false, keyboard: false, pane: spec.pane || "names",
      icon: L.divIcon({className: "ortnamn-plats", html, iconSize: /** @type {any} */ (null)}),
    }));
  }

  /**
   * Show each name at its own zoom levels only.
   * @param {L.Map} map
   * @param {L.GeoJSON} layer
   */
  function followZoom(map, layer) {
    const all = layer.getLayers().slice();
    /** @type {number | undefined} */
    let zoom;
    function pick() {
      const now = map.getZoom();
      if (now === zoom) return;
      zoom = now;
      all.forEach((one) => {
        const {minzoom, maxzoom} = /** @type {{minzoom: number, maxzoom: number}} */ (one.options);
        const show = now >= minzoom && now <= (maxzoom || MOST_ZOOM);
        if (show && !layer.hasLayer(one)) layer.addLayer(one);
        if (!show && layer.hasLayer(one)) layer.removeLayer(one);
      });
    }
    pick();
    map.on("zoomend", pick);
    layer.once("remove", () => map.off("zoomend", pick));
  }

  // ---- room for the numbers ------------------------------------------------------------------------
  /** @typedef {{left: number, right: number, top: number, bottom: number}} Box */
  /**
   * @param {Box} a
   * @param {Box} b
   */
  function meet(a, b) {
    return a.left < b.right + AIR && a.right > b.left - AIR && a.top < b.bottom + AIR && a.bottom > b.top - AIR;
  }

  /**
   * Move a name below the numbers that lie on it, or hide it where there is no room.
   * @param {HTMLElement} name
   * @param {Box[]} numbers
   */
  function makeRoom(name, numbers) {
    name.style.marginTop = "";
    name.style.visibility = "";
    const box = name.getBoundingClientRect();
    const under = numbers.filter((one) => meet(box, one));
    if (!under.length) return;
    const down = Math.max(...under.map((one) => one.bottom)) + AIR + 1 - box.top;
    const moved = {left: box.left, right: box.right, top: box.top + down, bottom: box.bottom + down};
    if (numbers.some((one) => meet(moved, one))) { name.style.visibility = "hidden"; return; }
    name.style.marginTop = `${down}px`;
  }

  /** @param {L.Map} map */
  function makeRoomForNumbers(map) {
    const numbers = Array.from(map.getContainer().querySelectorAll(".nummer, .nal svg")).map((one) => one.getBoundingClientRect());
    /** @type {NodeListOf<HTMLElement>} */
    const names = map.getContainer().querySelectorAll(".ortnamn");
    names.forEach((one) => makeRoom(one, numbers));
  }

  /**
   * Keep names and numbers apart, once a frame at most, also when many layers arrive.
   * @param {L.Map} map
   */
  function keepApart(map) {
    let isAsked = false;
    function ask() {
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => { isAsked = false; makeRoomForNumbers(map); });
    }
    map.on("zoomend viewreset layeradd layerremove resize", ask);
    // on a slow machine the map says that it has zoomed while its marks are still on their way
    ["transitionend", "transitioncancel"].forEach((name) => map.getContainer().addEventListener(name, ask));
  }

  return {name, followZoom, keepApart};
})();
