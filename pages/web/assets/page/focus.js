/* Focus follows a change of page or of step, never a rerun. */
(() => {
  "use strict";
  const PATIENCE = 8000;

  let path = location.pathname;
  let isDue = false;                                          // a new page waits for its heading
  /** @type {HTMLElement | null} */
  let known = null;
  /** @type {string | null} */
  let step = null;

  function onNewAddress() {
    if (location.pathname === path) return;
    path = location.pathname;
    isDue = true;
    scrollTo(0, 0);
    setTimeout(() => { isDue = false; }, PATIENCE);
  }

  /** @param {"pushState" | "replaceState"} name */
  function follow(name) {
    const own = history[name];
    /** @this {History} @param {Parameters<History["pushState"]>} said */
    history[name] = function (...said) {
      own.apply(this, said);
      onNewAddress();
    };
  }
  follow("pushState");
  follow("replaceState");
  addEventListener("popstate", onNewAddress);

  // what a person does meanwhile is theirs: no focus is taken from them
  ["pointerdown", "keydown"].forEach((name) => addEventListener(name, () => {
    if (isDue && document.activeElement && document.activeElement !== document.body) isDue = false;
  }, true));

  /** @param {HTMLElement} heading */
  function moveTo(heading) {
    heading.setAttribute("tabindex", "-1");
    heading.focus({preventScroll: true});
  }

  function toTheHeading() {
    const heading = elements.heading();
    if (!heading) return;
    if (isDue && heading !== known && !heading.closest("[data-stale=true]")) {
      isDue = false;
      moveTo(heading);
      scrollTo(0, 0);
    }
    if (!isDue) known = heading;
  }

  // a form in steps stays at one address: its heading is told like that of a new page
  function toTheStep() {
    const mark = elements.marked("data-steg");
    const now = mark === null ? null : location.pathname + mark;
    if (now && step && now !== step) {
      /** @type {HTMLElement | null} */
      const heading = /kvitto$/.test(now) ? elements.heading() : document.querySelector("[data-testid=stMain] h2");
      if (!heading || heading.closest("[data-stale=true]")) return;
      const main = document.querySelector("[data-testid=stMain]");
      if (main) main.scrollTo(0, 0);
      moveTo(heading);
    }
    step = now;
  }

  elements.whenChanged(["data-steg", "data-stale"], () => { toTheHeading(); toTheStep(); });
})();
