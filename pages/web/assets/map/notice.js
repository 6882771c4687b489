/* One line over the map that says something for a while. */
const mapNotice = (() => {
  "use strict";
  /** @type {HTMLElement | undefined} */
  let box;
  let end = 0;

  function hide() { if (box) box.hidden = true; }

  /**
   * @param {string} text
   * @param {number} milliseconds
   */
  function say(text, milliseconds) {
    if (!box) {
      box = document.createElement("div");
      box.className = "besked";
      box.setAttribute("role", "status");
      document.body.appendChild(box);
    }
    box.textContent = text;
    box.hidden = false;
    clearTimeout(end);
    end = setTimeout(hide, milliseconds);
  }

  return {say, hide};
})();
