/* What the layers show: fetched once for each address, and counted while it is on its way. */
const mapData = (() => {
  "use strict";
  /** @type {Record<string, Promise<GeoJSON.GeoJsonObject>>} */
  const fetched = {};
  let waiting = 0;

  function count() { document.body.setAttribute("data-hamtar", String(waiting)); }

  /** @param {string} url */
  function get(url) {
    return fetch(url, {credentials: "same-origin"}).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    });
  }

  /**
   * Hand the data of a layer to `fill`; what cannot be fetched is said and asked for again next time.
   * @param {LayerSpec} spec
   * @param {(data: GeoJSON.GeoJsonObject) => void} fill
   */
  function load(spec, fill) {
    const url = spec.url || "";
    if (!spec.data && !fetched[url]) {
      fetched[url] = get(url);
      fetched[url].catch(() => { delete fetched[url]; });
    }
    waiting += 1;
    count();
    (spec.data ? Promise.resolve(spec.data) : fetched[url]).then(fill)
      .catch(() => mapNotice.say(mapWords.say("failed"), 8000))
      .then(() => { waiting -= 1; count(); });
  }

  return {load};
})();
