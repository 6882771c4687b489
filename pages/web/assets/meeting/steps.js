/* Meeting mode: one step at a time, by keys, buttons or the list. Fetches nothing but to save a note. */
(() => {
  "use strict";
  document.documentElement.classList.add("js");

  /**
   * @template {HTMLElement} E
   * @param {string} selector
   * @param {ParentNode} within
   * @returns {E}
   */
  function one(selector, within = document) { return /** @type {E} */ (within.querySelector(selector)); }

  /**
   * @param {string} selector
   * @param {ParentNode} within
   * @returns {HTMLElement[]}
   */
  function all(selector, within = document) { return Array.from(within.querySelectorAll(selector)); }

  // what rolls must be possible to reach by key, and what does not is no stop
  /** @param {HTMLElement} part */
  function doesRoll(part) { return part.scrollHeight > part.clientHeight + 2 && getComputedStyle(part).overflowY === "auto"; }

  /** @param {HTMLElement} step */
  function makeStops(step) {
    all(".innehall, .citat, .bredvid", step).forEach((part) => {
      if (doesRoll(part)) part.setAttribute("tabindex", "0"); else part.removeAttribute("tabindex");
    });
  }

  /**
   * Roll the part of a step under the focus, else the last one that can; false where nothing rolls.
   * @param {HTMLElement} step
   * @param {number} direction
   */
  function roll(step, direction) {
    const can = all(".innehall, .tva > *, .bredvid", step).filter(doesRoll);
    const part = can.find((each) => each.contains(document.activeElement)) || can[can.length - 1];
    if (!part) return false;
    part.scrollTop += direction * part.clientHeight * 0.4;
    return true;
  }

  /** The list of kept times: gives what closes it. */
  function startTimes() {
    /** @type {HTMLDetailsElement} */
    const times = one(".lage");
    document.addEventListener("click", (event) => {
      if (times.open && !times.contains(/** @type {Node} */ (event.target))) times.open = false;
    });
    return () => {
      if (!times.open) return;
      times.open = false;
      one("summary", times).focus();
    };
  }

  /** A theme in the list leads to its quotes, with no change of address. */
  function startThemes() {
    all('.teman a[href^="#"]').forEach((link) => link.addEventListener("click", (event) => {
      event.preventDefault();
      const there = document.getElementById((link.getAttribute("href") || "").slice(1));
      if (there) there.scrollIntoView({block: "start"});
    }));
  }

  /** @param {number} step */
  function keepInAddress(step) {
    const address = new URL(location.href);
    address.searchParams.set("steg", String(step));
    address.hash = "";
    history.replaceState(null, "", address);
  }

  function start() {
    const steps = all(".steg");
    const links = all("nav a");
    /** @type {HTMLButtonElement} */
    const back = one(".bak");
    /** @type {HTMLButtonElement} */
    const on = one(".fram");
    const title = document.title;
    let now = 0;

    function stepNow() { return steps[now - 1]; }
    function measure() { meetingMap.measure(stepNow()); }
    function measureAll() { measure(); makeStops(stepNow()); }

    /**
     * @param {number} wanted
     * @param {boolean} isMove whether a person asked for it
     */
    function show(wanted, isMove) {
      now = Math.min(Math.max(wanted, 1), steps.length);
      steps.forEach((step, i) => step.classList.toggle("nu", i + 1 === now));
      links.forEach((link, i) => {
        if (i + 1 === now) link.setAttribute("aria-current", "step"); else link.removeAttribute("aria-current");
      });
      back.disabled = now === 1;
      on.disabled = now === steps.length;
      one(".nu-steg").textContent = String(now);
      document.title = `${now}. ${title}`;
      keepInAddress(now);
      if (isMove) {
        scrollTo(0, 0);
        one("h2", stepNow()).focus({preventScroll: true});
      }
      measureAll();
    }

    const closeTimes = startTimes();
    const toggleNotes = meetingNotes.start(stepNow, measureAll);
    const next = () => show(now + 1, true);
    const previous = () => show(now - 1, true);
    /** @type {Record<string, () => boolean | void>} */
    const keys = {
      ArrowRight: next, PageDown: next,
      ArrowLeft: previous, PageUp: previous,
      Home: () => show(1, true),
      End: () => show(steps.length, true),
      ArrowDown: () => roll(stepNow(), 1),
      ArrowUp: () => roll(stepNow(), -1),
      n: toggleNotes, N: toggleNotes,
    };
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Escape") { closeTimes(); return; }
      if (event.target instanceof Element && event.target.closest("input:not([type=checkbox]), textarea, select")) return;
      const act = keys[event.key];
      if (act && act() !== false) event.preventDefault();
    });
    back.addEventListener("click", previous);
    on.addEventListener("click", next);
    links.forEach((link, i) => link.addEventListener("click", (event) => {
      event.preventDefault();
      show(i + 1, true);
    }));
    startThemes();
    meetingMap.followChoices(measure);
    addEventListener("resize", measureAll);

    // each map is measured once, so that one that has not been shown is right on paper
    steps.forEach((step) => {
      step.classList.add("nu");
      meetingMap.measure(step);
      step.classList.remove("nu");
    });
    show(Number(document.body.dataset.steg) || 1, false);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
