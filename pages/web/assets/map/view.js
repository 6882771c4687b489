/* Which part of the world is seen, and how it is moved by fingers. */
const mapView = (() => {
  "use strict";
  const LEAST_FAR_OFF = 3;

  /** @param {Bounds} bounds */
  function box([west, south, east, north]) { return L.latLngBounds([south, west], [north, east]); }

  /**
   * How far the map can be moved.
   * @param {Bounds} bounds
   */
  function limit(bounds) { return box(bounds).pad(0.25); }

  /**
   * @param {L.Map} map
   * @param {Bounds} bounds
   */
  function fit(map, bounds) {
    if (map.getSize().x > 0) map.fitBounds(box(bounds), {animate: false});
  }

  /**
   * Let what lies far off be shown where it lies: gives a function that is told each new view.
   * @param {L.Map} map
   * @param {Bounds} limits
   */
  function widener(map, limits) {
    const own = limit(limits);
    let isAway = false;
    let least = 0;
    /** @param {Bounds} bounds */
    return (bounds) => {
      const away = !own.contains(box(bounds));
      if (away === isAway) return;
      isAway = away;
      if (away) least = map.getMinZoom();
      map.setMaxBounds(away ? undefined : own);
      map.setMinZoom(away ? LEAST_FAR_OFF : least);
    };
  }

  /**
   * One finger scrolls the page, two move the map.
   * @param {L.Map} map
   */
  function moveByTwoFingers(map) {
    if (!matchMedia("(pointer: coarse)").matches) return;
    map.dragging.disable();
    map.getContainer().addEventListener("touchmove", (event) => {
      if (event.touches.length === 1) mapNotice.say(mapWords.say("fingers"), 1500); else mapNotice.hide();
    }, {passive: true});
  }

  return {limit, fit, widener, moveByTwoFingers};
})();
