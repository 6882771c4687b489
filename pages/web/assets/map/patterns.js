/* Fills that are more than a colour: diagonal lines, dots, and lines over a fill. */
const mapPatterns = (() => {
  "use strict";
  const {svg} = mapParts;

  /** @type {SVGDefsElement | undefined} */
  let drawer;

  function drawerOfPatterns() {
    if (!drawer) {
      const hidden = svg("svg", {width: 0, height: 0, "aria-hidden": "true"});
      hidden.style.position = "absolute";
      drawer = hidden.appendChild(svg("defs", {}));
      document.body.appendChild(hidden);
    }
    return drawer;
  }

  /**
   * @param {string} id
   * @param {number} size
   * @param {Record<string, string | number>} ground
   */
  function square(id, size, ground) {
    const made = svg("pattern", {id, patternUnits: "userSpaceOnUse", width: size, height: size});
    made.appendChild(svg("rect", Object.assign({width: size, height: size}, ground)));
    return made;
  }

  /**
   * Give the fill that `make` draws, drawn once for each kind and colour.
   * @param {string} kind
   * @param {string} colour
   * @param {(id: string) => SVGPatternElement} make
   */
  function once(kind, colour, make) {
    const id = `${kind}-${colour.replace(/[^0-9a-zA-Z]/g, "")}`;
    if (!document.getElementById(id)) drawerOfPatterns().appendChild(make(id));
    return `url(#${id})`;
  }

  /** @param {string} colour */
  function diagonals(colour) {
    return once("hatch", colour, (id) => {
      const made = square(id, 8, {fill: "#ffffff", "fill-opacity": 0.55});
      made.setAttribute("patternTransform", "rotate(45)");
      made.appendChild(svg("rect", {width: 2, height: 8, fill: colour}));
      return made;
    });
  }

  /** @param {string} colour */
  function dots(colour) {
    return once("dots", colour, (id) => {
      const made = square(id, 9, {fill: "#ffffff"});
      made.appendChild(svg("circle", {cx: 4.5, cy: 4.5, r: 1, fill: colour}));
      return made;
    });
  }

  /**
   * @param {string} colour
   * @param {[string, string]} path the lines in a square of 16 pixels, and their colour
   */
  function lines(colour, [path, stroke]) {
    return once("lines", colour, (id) => {
      const made = square(id, 16, {fill: colour});
      made.appendChild(svg("path", {d: path, stroke, "stroke-width": 1.5, fill: "none"}));
      return made;
    });
  }

  return {diagonals, dots, lines};
})();
