/* The frame round every page, where Streamlit's own leaves something out: landmarks, addresses of
   links, the language of what is written in another, and a code that must not stay in the address. */
(function () {
  "use strict";
  // ---- the way past the header leads to the page's heading, not to the header --------------------------
  addEventListener("click", function (e) {
    var skip = e.target && e.target.closest && e.target.closest("[data-testid=stSkipToContent]");
    var h1 = skip && document.querySelector("[data-testid=stMain] h1");
    if (!h1) return;
    e.preventDefault(); e.stopImmediatePropagation();         // Streamlit's own leads to the header
    h1.setAttribute("tabindex", "-1");
    h1.focus(); h1.scrollIntoView({block: "start"});
  }, true);

  function landmarken() {
    var menu = document.querySelector(".st-key-meny"), named = document.querySelector("[data-meny]");
    if (!menu || !named) return;
    var name = named.getAttribute("data-meny");
    if (menu.getAttribute("role") !== "navigation") menu.setAttribute("role", "navigation");
    if (menu.getAttribute("aria-label") !== name) menu.setAttribute("aria-label", name);
  }

  // ---- the first page has no path of its own, so Streamlit's link to it has no address -----------------
  function adresser() {
    document.querySelectorAll("a[data-testid=stPageLink-NavLink]").forEach(function (a) {
      var href = a.getAttribute("href") || "";
      if (href === "" || href.charAt(0) === "?") a.setAttribute("href", "/" + href);
    });
  }

  // ---- what is written in another language than the page says so ---------------------------------------
  function sprak() {
    document.querySelectorAll("[class*='st-key-pa-']").forEach(function (box) {
      var found = /(?:^|\s)st-key-pa-([a-z]{2})-/.exec(box.className);
      if (found && box.lang !== found[1]) box.lang = found[1];
    });
    // what people wrote is shown as plain text; only who is writing now may do it in the page's language
    if (document.documentElement.lang === "sv" || document.querySelector("[data-steg]")) return;
    document.querySelectorAll("[data-testid=stText]:not([lang])").forEach(function (words) { words.lang = "sv"; });
  }

  // ---- a code in the address is read once: then it is in no history, no picture and no link ------------
  function utan_kod() {
    var mark = document.querySelector("[data-utan]"), name = mark && mark.getAttribute("data-utan");
    var asked = new URLSearchParams(location.search);
    if (!name || !asked.has(name)) return;
    asked.delete(name);
    var rest = asked.toString();
    history.replaceState(history.state, "", location.pathname + (rest ? "?" + rest : "") + location.hash);
  }

  function borja() {
    new MutationObserver(function () { landmarken(); adresser(); sprak(); utan_kod(); })
      .observe(document.body, {subtree: true, childList: true, attributes: true, attributeFilter: ["href", "class", "data-utan", "data-meny"]});
  }
  if (document.body) borja(); else addEventListener("DOMContentLoaded", borja);
})();
