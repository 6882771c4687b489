/* What the other files of the page share: finding an element, and acting when the page changes. */
const elements = (() => {
  "use strict";

  /**
   * The element of `selector` that something, such as the target of an event, lies in.
   * @param {EventTarget | null} inner
   * @param {string} selector
   */
  function around(inner, selector) {
    return inner instanceof Element ? inner.closest(selector) : null;
  }

  /**
   * The heading of the page.
   * @returns {HTMLElement | null}
   */
  function heading() {
    return document.querySelector("[data-testid=stMain] h1");
  }

  /**
   * What stands in an attribute of the first element that has it.
   * @param {string} name
   */
  function marked(name) {
    const mark = document.querySelector(`[${name}]`);
    return mark && mark.getAttribute(name);
  }

  /**
   * Act when there is a body.
   * @param {() => void} act
   */
  function whenThereIsABody(act) {
    if (document.body) act(); else addEventListener("DOMContentLoaded", () => act());
  }

  /**
   * Act whenever elements come and go or one of the attributes changes.
   * @param {string[]} attributes
   * @param {MutationCallback} act
   * @param {MutationObserverInit} [more]
   */
  function whenChanged(attributes, act, more) {
    const what = {subtree: true, childList: true, attributes: true, attributeFilter: attributes};
    whenThereIsABody(() => new MutationObserver(act).observe(document.body, Object.assign(what, more)));
  }

  return {around, heading, marked, whenThereIsABody, whenChanged};
})();
