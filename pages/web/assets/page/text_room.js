/* How much more fits in a field, counted while one writes. */
(() => {
  "use strict";
  // signs as the service counts them (data/written.py): what others will see, a picture of two halves as one
  const UNSEEN = /(?![\u200c-\u200f\u061c\u{e0020}-\u{e007f}]|\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/gu;

  /** @param {string} text */
  function asShown(text) {
    // eslint-disable-next-line no-control-regex -- the signs that end a line
    const lines = text.replace(/\r\n?|[\x0b\f\x85\u2028\u2029]/g, "\n").replace(UNSEEN, "").split("\n");
    return lines.map((line) => line.trimEnd()).join("\n").replace(/\n{3,}/g, "\n\n").trim().normalize("NFC");
  }

  addEventListener("input", (event) => {
    const box = elements.around(event.target, "[class*=st-key-skriv]");
    const told = box && box.querySelector("[data-kvar]");
    if (!told) return;
    const field = /** @type {HTMLTextAreaElement} */ (event.target);
    const left = Number(told.getAttribute("data-kvar")) - Array.from(asShown(field.value)).length;
    const words = told.getAttribute(left < 0 ? "data-over" : "data-rum") || "";
    told.textContent = words.replace("{n}", String(Math.abs(left)).replace(/\B(?=(\d{3})+$)/g, "\u202f"));
  }, true);
})();
