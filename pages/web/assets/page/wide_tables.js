/* A table wider than the screen is rolled sideways, also with the keyboard. */
(() => {
  "use strict";

  /** @param {HTMLElement} box */
  function makeAStop(box) {
    const table = box.querySelector("table");
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", (table && table.getAttribute("aria-label")) || document.title);
  }

  function look() {
    /** @type {NodeListOf<HTMLElement>} */
    const boxes = document.querySelectorAll("[data-testid=stTable] > div");
    boxes.forEach((box) => {
      const isWide = box.scrollWidth > box.clientWidth;
      if (isWide === box.hasAttribute("tabindex")) return;
      if (isWide) makeAStop(box);
      else ["tabindex", "role", "aria-label"].forEach((name) => box.removeAttribute(name));
    });
  }

  addEventListener("resize", look);
  elements.whenChanged(["data-stale"], look);
})();
