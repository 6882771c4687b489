/* Streamlit's own words in the person's language, wherever it says them. The words come from our
   catalogues (`dialogOrd`, see streamlit_words.py). What people and pages wrote stays as it is. */
(function () {
  "use strict";
  // Streamlit and its calendar speak the browser's language; the page's was chosen by the server
  var TALAS = {sv: "sv-SE", en: "en-GB"};
  function sprak() { return document.documentElement.lang === "en" ? "en" : "sv"; }
  function plats() { return TALAS[sprak()]; }
  Object.defineProperty(navigator, "language", {configurable: true, get: plats});
  Object.defineProperty(navigator, "languages", {configurable: true, get: function () { return [plats()]; }});

  var EGEN = Object.prototype.hasOwnProperty, kanda = {};
  function ord() {                                            // the patterns are made once for each language
    var nu = sprak();
    if (!kanda[nu]) {
      var words = dialogOrd[nu], made = function (p) { return {ser: new RegExp("^(?:" + p[0] + ")$"), sager: p[1], i: p[2]}; };
      kanda[nu] = {whole: words.whole, parts: words.parts.map(made), refused: words.refused.map(made), fields: words.fields, or: words.or};
    }
    return kanda[nu];
  }

  // ---- how a piece of a text is said ----------------------------------------------------------------
  var SAGER = {
    day: function (text) {
      var at = new Date(text + " 12:00");
      return isNaN(at) ? text : new Intl.DateTimeFormat(plats(), {dateStyle: "long"}).format(at);
    },
    month: function (text) { return new Intl.DateTimeFormat(plats(), {month: "long"}).format(new Date(text + " 1, 2000 12:00")); },
    field: function (text) { return ord().fields[text] || text; },
    number: function (text) { return Number(text).toLocaleString(plats()); }
  };
  function fyll(said, found) {
    return said.replace(/\{(\d)(?::(\w+))?\}/g, function (_, at, how) {
      var text = found[Number(at)] || "";
      return how ? SAGER[how](text) : text;
    });
  }
  function forsta(parts, plain, near) {
    for (var i = 0; i < parts.length; i += 1) {
      var found = (!parts[i].i || near.closest(parts[i].i)) && parts[i].ser.exec(plain);
      if (found) return fyll(parts[i].sager, found);
    }
    return null;
  }
  function oversatt(text, near) {
    var plain = text.trim();
    if (plain.length < 1 || plain.length > 900) return null;
    if (EGEN.call(ord().whole, plain)) return ord().whole[plain];
    return forsta(ord().parts, plain, near);
  }

  // ---- what is ours or a person's is never touched --------------------------------------------------
  // a choice is the page's own word, but for those that Streamlit adds to a list, or says of an empty one
  var VAL = "[role=option][data-key]:not([data-key^='__'])";
  var SKRIVET = "[data-testid=stMarkdownContainer],[data-testid=stText],[data-testid=stHtml],[data-testid=stTable]," + VAL + ",[data-tag],textarea,iframe,script,style";
  var LIKVAL = "[role=tooltip],[data-testid=stAlert],[data-testid=stDialog],[data-testid=stFileUploader] button";
  var HELA = /having trouble loading|attempting to load the|app has encountered an error/;
  function skrivet(node) {
    if (!node.closest(SKRIVET)) return false;
    return !node.closest(LIKVAL) || !!node.closest("[data-testid=stText],[data-testid=stTable]");
  }
  function ar_etikett(node, value) {                          // the name that the page gave the field
    var field = node.closest("[data-testid=stElementContainer]");
    var label = field && field.querySelector("[data-testid=stWidgetLabel]");
    return !!label && label.textContent.trim() === value.trim();
  }

  // ---- names: Streamlit hands a label's Markdown on as the name, with its marks ---------------------
  var MARKEN = /\\([!-\/:-@\[-`{-~])/g;
  var NAMN = "[data-testid=stCheckbox]";
  function utan_marken(node, value) {
    if (node.matches("[role=option],[data-tag]") || value.indexOf("\\") < 0) return value;
    return value.replace(MARKEN, "$1");
  }

  // ---- attributes ----------------------------------------------------------------------------------
  var EGENSKAPER = ["aria-label", "aria-valuetext", "aria-description", "placeholder", "title", "alt", "aria-roledescription"];
  var satt = new WeakMap();                                   // what we have written ourselves is finished
  function byt_egenskaper(node) {
    if (node.matches("[role=img][aria-label$=' icon']")) {     // the word stands beside the picture
      node.setAttribute("aria-hidden", "true"); node.removeAttribute("role"); node.removeAttribute("aria-label");
      return;
    }
    EGENSKAPER.forEach(function (name) {
      var value = node.getAttribute(name), own = satt.get(node) || {};
      if (!value || own[name] === value) return;
      var said = utan_marken(node, value);
      // Markdown can give a picture a text, but nothing a name: those are Streamlit's, or the page's own
      // what is chosen stands in a mark of its own, but the button in it is Streamlit's
      var mine = node.tagName === "BUTTON" ? "[data-testid=stHtml]," + VAL : "[data-testid=stHtml],[data-tag]," + VAL;
      var own_words = /^aria/.test(name) ? node.closest(mine) : skrivet(node);
      if (!own_words && !node.closest(NAMN) && !ar_etikett(node, said)) {
        var word = oversatt(said, node);
        if (word !== null) said = word;
      }
      if (said === value) return;
      own[name] = said; satt.set(node, own);
      node.setAttribute(name, said);
    });
  }

  // ---- texts -----------------------------------------------------------------------------------------
  function byt_text(node) {
    var up = node.parentElement;
    if (!up || !node.data.trim() || skrivet(up) || satt.get(node) === node.data) return;
    if (up.closest("[data-testid=stAlert]") && !HELA.test(node.data)) return;
    if (/^\w+ icon$/.test(node.data) && up.parentElement.querySelector("[data-testid=stIconMaterial]")) { node.data = ""; return; }
    var nej = nekande(up), word = nej ? nekad(node.data, nej) : oversatt(node.data, up);
    if (word === null) return;
    if (HELA.test(node.data)) {                               // a whole alert of several parts
      var box = up.closest("[data-testid=stMarkdownContainer]") || up;
      box.textContent = word; return;
    }
    satt.set(node, word);
    node.data = word;
  }
  function nekande(node) {                                    // the field whose file was not taken
    var field = node.closest("[data-testid=stFileUploader]");
    if (field) return node.closest("[role=alert]") && field;
    var tip = node.closest("[role=tooltip]"), chip = tip && document.querySelector('[aria-describedby~="' + tip.id + '"] [data-testid=stFileChip]');
    return chip && chip.closest("[data-testid=stFileUploader]");
  }
  function nekad(text, field) {                               // why, and what to do
    if (text.trim() === "Error:") return "";                  // said before the reason
    var ends = (field.querySelector("input[type=file]").accept || "").split(",").filter(function (one) { return one.charAt(0) === "."; });
    var last = ends.pop() || "", all = ends.length ? ord().or.replace("{first}", ends.join(", ")).replace("{last}", last) : last;
    return forsta(ord().refused, text.trim(), field).replace("{types}", all);
  }
  function byt(root) {
    if (root.nodeType === 3) { byt_text(root); return; }
    if (root.nodeType !== 1) return;
    byt_egenskaper(root);
    var walk = document.createTreeWalker(root, 5), n;
    while ((n = walk.nextNode())) if (n.nodeType === 3) byt_text(n); else byt_egenskaper(n);
  }

  function borja() {
    new MutationObserver(function (changes) {
      changes.forEach(function (c) {
        if (c.type === "characterData") byt_text(c.target);
        else if (c.type === "attributes") byt_egenskaper(c.target);
        else c.addedNodes.forEach(byt);
      });
    }).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: EGENSKAPER});
  }
  if (document.body) borja(); else addEventListener("DOMContentLoaded", borja);
})();
