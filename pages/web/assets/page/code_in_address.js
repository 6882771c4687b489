/* A code in the address is read once: then it is in no history, no picture and no link. */
(() => {
  "use strict";

  function takeAway() {
    const name = elements.marked("data-utan");
    const asked = new URLSearchParams(location.search);
    if (!name || !asked.has(name)) return;
    asked.delete(name);
    const rest = asked.toString();
    history.replaceState(history.state, "", location.pathname + (rest ? `?${rest}` : "") + location.hash);
  }

  elements.whenChanged(["data-utan"], takeAway);
})();
