/* Elements of SVG, and colours and words by value. */
const mapParts = (() => {
  "use strict";

  /**
   * Make an element of SVG.
   * @template {keyof SVGElementTagNameMap} Name
   * @param {Name} name
   * @param {Record<string, string | number>} attributes
   */
  function svg(name, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.keys(attributes).forEach((one) => made.setAttribute(one, String(attributes[one])));
    return made;
  }

  /**
   * The value of a key that the server sent, never one that every object has.
   * @template Value
   * @param {Record<string, Value> | undefined} values
   * @param {string} key
   */
  function own(values, key) {
    return values && Object.prototype.hasOwnProperty.call(values, key) ? values[key] : undefined;
  }

  return {svg, own};
})();
