/* Links: ours that lead where one of Streamlit's does, the choice of language, and the first page. */
(() => {
  "use strict";

  /** @param {HTMLAnchorElement} link */
  function comeBackHere(link) {
    const asked = new URLSearchParams(location.search);
    asked.delete("sprak");
    const rest = asked.toString();
    const here = location.pathname + (rest ? `?${rest}` : "");
    link.href = `${link.href.split("?")[0]}?till=${encodeURIComponent(here)}`;
  }

  addEventListener("click", (event) => {
    const link = elements.around(event.target, "a");
    if (!(link instanceof HTMLAnchorElement)) return;
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.closest(".sprakval")) { comeBackHere(link); return; }
    if (!link.hasAttribute("data-sida")) return;
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const streamlits = document.querySelectorAll("[data-testid=stPageLink-NavLink]");
    const same = Array.from(streamlits).find((one) => one.href === link.href);
    if (same) { event.preventDefault(); same.click(); }
  }, true);

  // the first page has no path of its own, so Streamlit's link to it has no address
  function giveAddresses() {
    document.querySelectorAll("a[data-testid=stPageLink-NavLink]").forEach((link) => {
      const href = link.getAttribute("href") || "";
      if (href === "" || href.charAt(0) === "?") link.setAttribute("href", `/${href}`);
    });
  }

  elements.whenChanged(["href"], giveAddresses);
})();
