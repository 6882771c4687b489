/* What is told of a feature under the pointer: every word goes in by textContent. */
const mapTooltip = (() => {
  "use strict";

  /**
   * @param {LayerSpec} spec
   * @param {unknown} value
   */
  function say(spec, value) {
    const word = mapParts.own(spec.words, String(value));
    if (word !== undefined) return word;
    return typeof value === "number" ? value.toLocaleString(mapWords.locale()) : String(value);
  }

  /**
   * @param {LayerSpec} spec
   * @param {MapFeature} feature
   */
  function box(spec, feature) {
    const made = document.createElement("div");
    const p = feature.properties || {};
    (spec.tooltip || []).forEach(([property, heading], i) => {
      const value = p[property];
      if (value === null || value === undefined || value === "") return;
      const row = made.appendChild(document.createElement("div"));
      if (i === 0) row.className = "forst";
      row.textContent = (heading ? `${heading}: ` : "") + say(spec, value);
    });
    return made;
  }

  return {box};
})();
