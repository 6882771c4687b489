/* A map that takes a place: by click, by tap, or by a button under a crosshair. */
const mapPicking = (() => {
  "use strict";

  /**
   * @param {L.Map} map
   * @param {string} words
   */
  function centreButton(map, words) {
    let n = 0;
    const button = L.DomUtil.create("button", "mittknapp");
    button.type = "button";
    button.textContent = words;
    L.DomEvent.disableClickPropagation(button);
    L.DomEvent.on(button, "click", () => {
      const centre = map.getCenter();
      n = 1 - n;
      // st_folium's own way back; 0.1 mm apart, so that a second press is sent too
      map.fire("click", {latlng: L.latLng(centre.lat + n * 1e-9, centre.lng)});
    });
    return button;
  }

  /**
   * @param {L.Map} map
   * @param {FrameOptions & {button: string}} opts
   */
  function start(map, opts) {
    mapFrame.add(map, opts);
    mapFrame.speak(map, opts, opts.lang, document.title);
    mapView.fit(map, opts.bounds);
    L.DomUtil.create("div", "sikte", map.getContainer()).setAttribute("aria-hidden", "true");
    mapControls.place(map, "topright", centreButton(map, opts.button));
    addEventListener("resize", () => { map.invalidateSize({pan: false}); });
  }

  return {start};
})();
