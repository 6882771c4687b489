/* Single letters never act: "r" would run the page anew, "c" would clear. */
(() => {
  "use strict";

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[rc]$/i.test(event.key)) return;
    const at = event.target;
    if (at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) return;
    event.stopImmediatePropagation();
  }, true);
})();
