/* The pin: of the one who is writing, or of a place that was searched. */
const mapPin = (() => {
  "use strict";
  const {svg} = mapParts;

  function picture() {
    const box = document.createElement("span");
    const drawn = box.appendChild(svg("svg", {viewBox: "0 0 32 44", width: 32, height: 44, "aria-hidden": "true"}));
    drawn.appendChild(svg("path", {
      d: "M16 43C16 43 30 26 30 15.500A14 14 0 1 0 2 15.500C2 26 16 43 16 43Z",
      fill: "#9A3B00", stroke: "#fff", "stroke-width": 2.5,
    }));
    drawn.appendChild(svg("circle", {cx: 16, cy: 15.5, r: 5.5, fill: "#fff"}));
    return box;
  }

  /**
   * @param {[number, number]} at latitude and longitude
   * @param {string} title
   */
  function make(at, title) {
    const icon = L.divIcon({className: "nal", html: picture(), iconSize: [32, 44], iconAnchor: [16, 43]});
    const mark = L.marker(at, {keyboard: false, interactive: false, pane: "numbers", title, icon});
    mark.on("add", () => {
      const node = /** @type {HTMLElement} */ (mark.getElement());
      node.setAttribute("role", "img");
      node.setAttribute("aria-label", title);
    });
    return mark;
  }

  return {make};
})();
