/* The way past the header, and the menu as a landmark: what Streamlit leaves out of the frame. */
(() => {
  "use strict";

  addEventListener("click", (event) => {
    const heading = elements.around(event.target, "[data-testid=stSkipToContent]") && elements.heading();
    if (!heading) return;
    event.preventDefault();
    event.stopImmediatePropagation();                         // Streamlit's own leads to the header
    heading.setAttribute("tabindex", "-1");
    heading.focus();
    heading.scrollIntoView({block: "start"});
  }, true);

  function nameTheMenu() {
    const menu = document.querySelector(".st-key-meny");
    const name = elements.marked("data-meny");
    if (!menu || name === null) return;
    if (menu.getAttribute("role") !== "navigation") menu.setAttribute("role", "navigation");
    if (menu.getAttribute("aria-label") !== name) menu.setAttribute("aria-label", name);
  }

  elements.whenChanged(["class", "data-meny"], nameTheMenu);
})();
