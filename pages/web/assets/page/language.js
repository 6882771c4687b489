/* Which language the page is in, and each part of it that is written in another. */
(() => {
  "use strict";

  function ofThePage() {
    const wanted = elements.marked("data-sprak");
    const html = document.documentElement;
    if ((wanted === "sv" || wanted === "en") && html.lang !== wanted) html.lang = wanted;
  }

  function ofParts() {
    /** @type {NodeListOf<HTMLElement>} */
    const boxes = document.querySelectorAll("[class*='st-key-pa-']");
    boxes.forEach((box) => {
      const found = /(?:^|\s)st-key-pa-([a-z]{2})-/.exec(box.className);
      if (found && box.lang !== found[1]) box.lang = found[1];
    });
    // what people wrote is shown as plain text; only who is writing now may do it in the page's language
    if (document.documentElement.lang === "sv" || document.querySelector("[data-steg]")) return;
    /** @type {NodeListOf<HTMLElement>} */
    const written = document.querySelectorAll("[data-testid=stText]:not([lang])");
    written.forEach((words) => { words.lang = "sv"; });
  }

  elements.whenChanged(["data-sprak", "class"], () => { ofThePage(); ofParts(); });
})();
