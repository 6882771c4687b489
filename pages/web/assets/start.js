/* Loaded before Streamlit: where its server is, keys, language, focus and drafts. No data in here. */
(function () {
  "use strict";
  // without this, opening an address such as /forslag directly asks for /forslag/_stcore/… first
  window.__streamlit = {BACKEND_BASE_URL: location.origin, MAIN_PAGE_BASE_URL: location.origin};

  // ---- single letters never act ("r" would run the page anew, "c" would clear) ------------------
  addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey || (e.key !== "r" && e.key !== "c" && e.key !== "R" && e.key !== "C")) return;
    var t = e.target;
    if (t && (t.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(t.tagName))) return;
    e.stopImmediatePropagation();
  }, true);

  // ---- Streamlit's own words ---------------------------------------------------------------------
  var ORD = {
    "Skip to main content": "Hoppa till innehållet", "App pages": "Sidor", "Main menu": "Meny",
    "Press Enter to apply": "Tryck Enter för att använda", "Press Ctrl+Enter to apply": "", "Press ⌘+Enter to apply": "", "Press Enter to submit form": "Tryck Enter för att skicka",
    "Press Ctrl+Enter to submit form": "Tryck Ctrl+Enter för att skicka", "Press ⌘+Enter to submit form": "Tryck ⌘+Enter för att skicka",
    "Choose an option": "Välj", "Choose options": "Välj en eller flera", "Choose or add an option": "Välj eller skriv",
    "No results": "Inga träffar", "No options to select": "Inget att välja", "Clear value": "Töm", "Clear all": "Töm allt",
    "Select all": "Välj alla", "Clear selection": "Ta bort valet", "Open": "Öppna", "Close": "Stäng", "Clear": "Töm",
    "Connecting": "Ansluter", "Connecting...": "Ansluter …", "Connecting to Streamlit server": "Ansluter till tjänsten",
    "Connected": "Ansluten", "Disconnected": "Ingen kontakt", "Error": "Fel", "Reconnecting": "Ansluter igen",
    "Connection error": "Ingen kontakt med tjänsten", "Connection timed out.": "Tjänsten svarar inte.",
    "Running...": "Hämtar …", "Running": "Hämtar", "Please wait...": "Vänta …", "Loading...": "Hämtar …", "Stop": "Stoppa",
    "Page not found": "Sidan finns inte", "Bad message format": "Något gick fel", "Dismiss": "Stäng",
    "This field is required.": "Fyll i det här fältet.", "(required)": "(måste fyllas i)", "Required": "Måste fyllas i",
    "Show password": "Visa lösenordet", "Hide password": "Dölj lösenordet", "Show password text": "Visa lösenordet",
    "Fullscreen": "Helskärm", "Close fullscreen": "Stäng helskärm", "Exit fullscreen": "Stäng helskärm", "View fullscreen": "Visa i helskärm",
    "Copy to clipboard": "Kopiera", "Copied": "Kopierat", "Copy": "Kopiera", "Link to heading": "Länk till rubriken",
    "Open sidebar": "Öppna sidofältet", "Close sidebar": "Stäng sidofältet", "Upload": "Ladda upp", "Browse files": "Välj fil",
    "Drag and drop file here": "Dra en fil hit", "Drag and drop files here": "Dra filer hit",
    "Help": "Hjälp", "Print": "Skriv ut", "Settings": "Inställningar", "Search": "Sök", "Increment": "Öka", "Decrement": "Minska"
  };
  var DELAR = [
    [/^Your app is having trouble loading the[\s\S]*$/, "Kartan kunde inte visas. Du kan göra allt på sidan utan den."],
    [/^The app is attempting to load the[\s\S]*$/, "Kartan hämtas …"],
    [/^The page that you have requested does not seem to exist[\s\S]*$/, "Sidan finns inte. Här är första sidan."],
    [/^You have requested page[\s\S]*$/, "Sidan finns inte. Här är första sidan."],
    [/^Is Streamlit still running\?[\s\S]*$/, "Tjänsten svarar inte. Din text finns kvar. Försök igen om en stund."],
    [/^Streamlit server is not responding[\s\S]*$/, "Tjänsten svarar inte. Det du har skrivit finns kvar på sidan. Vänta en stund."],
    [/^This app has encountered an error[\s\S]*$/, "Något gick fel hos oss. Ladda om sidan och försök igen."],
    [/^Remove (.+)$/, "Ta bort $1"], [/^View (\d+) more$/, "Visa $1 till"], [/^View less$/, "Visa färre"],
    [/^Clear (.+)$/, "Töm $1"], [/^Link to heading:? ?(.*)$/, "Länk till rubriken $1"],
    [/^(\d+)\/(\d+) characters$/, "$1 av $2 tecken"], [/^Selected (.+?)\. (.+)$/, "Valt: $1. $2"],
    [/^Help for (.+)$/, "Hjälp om $1"], [/^Press Enter to add$/, "Tryck Enter för att lägga till"],
    [/^Press (Ctrl|⌘)\+Enter to .+$/, ""]
  ];
  var HELA = /having trouble loading|attempting to load the|app has encountered an error/;
  var EGEN = Object.prototype.hasOwnProperty;
  // texts that people or pages wrote are never touched
  var ORORDA = "[data-testid=stText],[data-testid=stMarkdownContainer],textarea,[data-testid=stTable],iframe,script,style";
  function svensk() { return document.documentElement.lang !== "en"; }
  function pa_svenska(text) {
    var plain = text.trim();
    if (plain.length < 3 || plain.length > 900) return null;
    if (EGEN.call(ORD, plain)) return ORD[plain];
    for (var i = 0; i < DELAR.length; i += 1) if (DELAR[i][0].test(plain)) return plain.replace(DELAR[i][0], DELAR[i][1]);
    return null;
  }
  var EGENSKAPER = ["aria-label", "placeholder", "title", "aria-roledescription"];
  function byt_egenskaper(node) {
    EGENSKAPER.forEach(function (name) {
      var value = node.getAttribute(name), new_value = value && pa_svenska(value);
      if (new_value && new_value !== value) node.setAttribute(name, new_value);
    });
  }
  function byt_text(node) {
    var up = node.parentElement;
    if (!up || (up.closest(ORORDA) && !up.closest("[data-testid=stAlert],[data-testid=stDialog]"))) return;
    if (up.closest("[data-testid=stAlert]") && !HELA.test(node.data)) return;
    var word = pa_svenska(node.data);
    if (word === null) return;
    if (HELA.test(node.data)) {                              // a whole alert of several parts
      var box = up.closest("[data-testid=stMarkdownContainer]") || up;
      box.textContent = word; return;
    }
    node.data = word;
  }
  function byt(root) {
    if (root.nodeType === 3) { byt_text(root); return; }
    if (root.nodeType !== 1) return;
    byt_egenskaper(root);
    var walk = document.createTreeWalker(root, 5), n;
    while ((n = walk.nextNode())) if (n.nodeType === 3) byt_text(n); else byt_egenskaper(n);
  }

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
  addEventListener("input", function (e) {
    var box = e.target && e.target.tagName === "TEXTAREA" && e.target.closest(".st-key-skriv"), told = box && box.querySelector("[data-kvar]");
    if (!told) return;
    var left = Number(told.getAttribute("data-kvar")) - e.target.value.length;
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

  // ---- text that has not left its field yet ---------------------------------------------------------
  function spara() {
    if (location.pathname !== "/synpunkt") return;
    var found = {};
    document.querySelectorAll("[data-testid=stMain] textarea").forEach(function (t) {
      if (t.value) found[t.getAttribute("aria-label") || ""] = t.value.slice(0, 12000);
    });
    try { sessionStorage.setItem("dialog-levande", JSON.stringify(found)); } catch (e) { /* nothing is kept then */ }
  }
  addEventListener("pagehide", spara);
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") spara(); });

  function borja() {
    new MutationObserver(function (changes) {
      sprak(); till_rubriken(); nytt_steg(); rullbara();
      if (!svensk()) return;
      changes.forEach(function (c) {
        if (c.type === "characterData") byt_text(c.target);
        else if (c.type === "attributes") byt_egenskaper(c.target);
        else c.addedNodes.forEach(byt);
      });
    }).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: EGENSKAPER});
  }
  if (document.body) borja(); else addEventListener("DOMContentLoaded", borja);
})();
