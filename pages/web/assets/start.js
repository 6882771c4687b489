/* Loaded before Streamlit: where its server is, keys, focus, links. No data in here. */
(function () {
  "use strict";
  // without this, opening an address such as /forslag directly asks for /forslag/_stcore/… first
  // what a page that holds ours in a frame may do is asked for in a file of ours, which says: nothing.
  // Streamlit's own dialogs name commands and files; kontakt.js says what a person needs to know
  window.__streamlit = {
    BACKEND_BASE_URL: location.origin, MAIN_PAGE_BASE_URL: location.origin,
    HOST_CONFIG_BASE_URL: location.origin + "/assets", HOST_CONFIG: {blockErrorDialogs: true}
  };

  // ---- single letters never act ("r" would run the page anew, "c" would clear) ------------------
  addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey || (e.key !== "r" && e.key !== "c" && e.key !== "R" && e.key !== "C")) return;
    var t = e.target;
    if (t && (t.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(t.tagName))) return;
    e.stopImmediatePropagation();
  }, true);

  // ---- focus follows a change of page, never a rerun ----------------------------------------------
  var path = location.pathname, flytta = false;
  function sida_bytt() {
    if (location.pathname === path) return;
    path = location.pathname; flytta = true;
    scrollTo(0, 0);
    setTimeout(function () { flytta = false; }, 8000);
  }
  ["pushState", "replaceState"].forEach(function (name) {
    var own = history[name];
    history[name] = function () { var r = own.apply(this, arguments); sida_bytt(); return r; };
  });
  addEventListener("popstate", sida_bytt);
  // what a person does meanwhile is theirs: no focus is taken from them
  ["pointerdown", "keydown"].forEach(function (name) {
    addEventListener(name, function () { if (flytta && document.activeElement && document.activeElement !== document.body) flytta = false; }, true);
  });
  var gammal = null;
  function till_rubriken() {
    var h1 = document.querySelector("[data-testid=stMain] h1");
    if (!h1) return;
    if (flytta && h1 !== gammal && !h1.closest("[data-stale=true]")) {
      flytta = false;
      h1.setAttribute("tabindex", "-1");
      h1.focus({preventScroll: true});
      scrollTo(0, 0);
    }
    if (!flytta) gammal = h1;
  }
  // a form in steps stays at one address: its heading is told like that of a new page
  var steg = null;
  function nytt_steg() {
    var mark = document.querySelector("[data-steg]"), now = mark && location.pathname + mark.getAttribute("data-steg");
    if (now && steg && now !== steg) {
      var h = document.querySelector(/kvitto$/.test(now) ? "[data-testid=stMain] h1" : "[data-testid=stMain] h2");
      if (!h || h.closest("[data-stale=true]")) return;
      var main = document.querySelector("[data-testid=stMain]");
      if (main) main.scrollTo(0, 0);
      h.setAttribute("tabindex", "-1"); h.focus({preventScroll: true});
    }
    steg = now;
  }
  // ---- links that Streamlit's own page links stand beside, and a language link that comes back here -
  addEventListener("click", function (e) {
    var a = e.target && e.target.closest && e.target.closest("a");
    if (!a || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    if (a.closest(".sprakval")) {
      var asked = new URLSearchParams(location.search); asked.delete("sprak");
      var rest = asked.toString();
      a.href = a.href.split("?")[0] + "?till=" + encodeURIComponent(location.pathname + (rest ? "?" + rest : ""));
      return;
    }
    if (!a.hasAttribute("data-sida")) return;
    var same = Array.prototype.filter.call(document.querySelectorAll("[data-testid=stPageLink-NavLink]"), function (b) { return b.href === a.href; })[0];
    if (same) { e.preventDefault(); same.click(); }
  }, true);
  // ---- how much more fits, counted while one writes ---------------------------------------------------
  // signs as the service counts them (data/written.py): what others will see, a picture of two halves as one
  var OSEDDA = /(?![\u200c-\u200f\u061c\u{e0020}-\u{e007f}]|\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/gu;
  function att_visa(text) {
    var rader = text.replace(/\r\n?|[\x0b\f\x85\u2028\u2029]/g, "\n").replace(OSEDDA, "").split("\n");
    return rader.map(function (rad) { return rad.trimEnd(); }).join("\n").replace(/\n{3,}/g, "\n\n").trim().normalize("NFC");
  }
  addEventListener("input", function (e) {
    var box = e.target && e.target.closest && e.target.closest("[class*=st-key-skriv]"), told = box && box.querySelector("[data-kvar]");
    if (!told) return;
    var left = Number(told.getAttribute("data-kvar")) - Array.from(att_visa(e.target.value)).length;
    told.textContent = told.getAttribute(left < 0 ? "data-over" : "data-rum").replace("{n}", String(Math.abs(left)).replace(/\B(?=(\d{3})+$)/g, "\u202f"));
  }, true);
  // ---- a table wider than the screen is rolled sideways, also with the keyboard ------------------------
  function rullbara() {
    document.querySelectorAll("[data-testid=stTable] > div").forEach(function (box) {
      var is_wide = box.scrollWidth > box.clientWidth;
      if (is_wide === box.hasAttribute("tabindex")) return;
      var table = box.querySelector("table"), name = table && table.getAttribute("aria-label");
      if (is_wide) { box.tabIndex = 0; box.setAttribute("role", "group"); box.setAttribute("aria-label", name || document.title); }
      else ["tabindex", "role", "aria-label"].forEach(function (key) { box.removeAttribute(key); });
    });
  }
  addEventListener("resize", rullbara);
  function sprak() {
    var told = document.querySelector("[data-sprak]"), wanted = told && told.getAttribute("data-sprak");
    if ((wanted === "sv" || wanted === "en") && document.documentElement.lang !== wanted) document.documentElement.lang = wanted;
  }

  function borja() {
    new MutationObserver(function () { sprak(); till_rubriken(); nytt_steg(); rullbara(); })
      .observe(document.body, {subtree: true, childList: true, attributes: true, attributeFilter: ["data-sprak", "data-steg", "data-stale"]});
  }
  if (document.body) borja(); else addEventListener("DOMContentLoaded", borja);

  // Streamlit's boxes and choices keep a pressed letter to themselves: pass it on to the button
  // that shows it as its key
  window.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (!/^[a-z]$/i.test(event.key) || !(event.target instanceof HTMLInputElement)) return;
    if (!["checkbox", "radio"].includes(event.target.type)) return;
    const key = event.key.toUpperCase();
    // ord.js gives the mark its Swedish name
    const mark = document.querySelector(`[aria-label="Shortcut ${key}"], [aria-label="Kortkommando ${key}"]`);
    const button = mark && mark.closest("button");
    if (!button || button.disabled) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    button.click();
  }, true);
})();
