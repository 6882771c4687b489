/* Streamlit's boxes and choices keep a pressed letter to themselves: it is passed on to the button
   that shows it as its key. */
(() => {
  "use strict";

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (!/^[a-z]$/i.test(event.key) || !(event.target instanceof HTMLInputElement)) return;
    if (!["checkbox", "radio"].includes(event.target.type)) return;
    const key = event.key.toUpperCase();
    // streamlit_words.js gives the mark its Swedish name
    const mark = document.querySelector(`[aria-label="Shortcut ${key}"], [aria-label="Kortkommando ${key}"]`);
    const button = mark && mark.closest("button");
    if (!button || button.disabled) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    button.click();
  }, true);
})();
