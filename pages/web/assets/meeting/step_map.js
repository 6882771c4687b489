/* The map of a step: its numbers keep their size and stay off each other, and it can be drawn closer. */
const meetingMap = (() => {
  "use strict";

  /** @param {SVGSVGElement} map */
  function scaleOf(map) {
    const [, , wide, high] = (map.getAttribute("viewBox") || "").split(" ").map(Number);
    return Math.max(wide / map.clientWidth, high / map.clientHeight);
  }

  /**
   * Give a function that tells whether a part of the map has room, and keeps that room for it.
   * @param {SVGSVGElement} map
   */
  function roomIn(map) {
    const edge = map.getBoundingClientRect();
    const label = map.parentElement && map.parentElement.querySelector("label");
    const taken = label ? [label.getBoundingClientRect()] : [];
    return (/** @type {Element} */ part) => {
      const box = part.getBoundingClientRect();
      if (!box.width) return true;
      // nor does one that is cut at the edge
      if (box.left < edge.left || box.right > edge.right) return false;
      const isHit = taken.some((one) => one.left < box.right && box.left < one.right && one.top < box.bottom && box.top < one.bottom);
      if (!isHit) taken.push(box);
      return !isHit;
    };
  }

  /**
   * Size the marks of the map in a step, if it has one that is shown.
   * @param {Element} step
   */
  function measure(step) {
    /** @type {SVGSVGElement | null} */
    const map = step.querySelector(".omraden");
    if (!map || !map.clientWidth) return;
    const scale = scaleOf(map).toFixed(3);
    /** @type {NodeListOf<SVGElement>} */
    const numbers = map.querySelectorAll(".nummer");
    numbers.forEach((one) => one.setAttribute("transform", `translate(${one.dataset.plats}) scale(${scale})`));
    // a number or name on top of another helps nobody; the table has them all
    const hasRoom = roomIn(map);
    map.querySelectorAll(".nummer, .nummer .namn").forEach((one) => one.classList.remove("undan"));
    numbers.forEach((one) => {
      const circle = one.querySelector("circle");
      one.classList.toggle("undan", circle !== null && !hasRoom(circle));
    });
    map.querySelectorAll(".nummer:not(.undan) .namn").forEach((one) => one.classList.toggle("undan", !hasRoom(one)));
    map.querySelectorAll("pattern").forEach((one) => one.setAttribute("patternTransform", `scale(${scale})`));
  }

  /**
   * Let one choose a part of each map to see closer.
   * @param {() => void} measureAgain
   */
  function followChoices(measureAgain) {
    document.querySelectorAll(".karta").forEach((part) => {
      const map = /** @type {SVGSVGElement} */ (part.querySelector(".omraden"));
      const choice = /** @type {HTMLSelectElement} */ (part.querySelector(".narmare"));
      const said = /** @type {HTMLElement} */ (part.querySelector(".sagt"));
      choice.addEventListener("change", () => {
        const chosen = choice.selectedOptions[0].dataset;
        map.setAttribute("viewBox", chosen.ruta || map.dataset.hela || "");
        said.textContent = chosen.sagt || "";
        measureAgain();
      });
    });
  }

  return {measure, followChoices};
})();
