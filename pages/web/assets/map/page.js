/* The way back to the page that holds the map in a frame. */
const mapPage = (() => {
  "use strict";

  /**
   * Tell Streamlit something, as its components do.
   * @param {string} type
   * @param {Record<string, unknown>} more
   */
  function tell(type, more) {
    if (parent !== window) parent.postMessage(Object.assign({isStreamlitMessage: true, type}, more), location.origin);
  }

  /**
   * What a feature is known by.
   * @param {MapFeature} feature
   */
  function keyOf(feature) {
    const p = feature.properties || {};
    const id = feature.id !== undefined ? feature.id : p.id;
    if (id !== undefined && id !== null) return {id};
    return p.code !== undefined && p.code !== null ? {code: p.code} : null;
  }

  /**
   * Tell the page that a feature was clicked.
   * @param {LayerSpec} spec
   * @param {MapFeature} feature
   */
  function tellClick(spec, feature) {
    const found = spec.clickable && keyOf(feature);
    if (!found) return;
    const value = Object.assign({layer: spec.name || "", n: Date.now()}, found);
    tell("streamlit:setComponentValue", {dataType: "json", value});
  }

  return {tell, tellClick};
})();
