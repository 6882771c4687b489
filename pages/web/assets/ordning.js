/* Keeps the order in which a person acts. Streamlit sends what stood in a field a moment after it was
   left, but a change of page at once; it names the page it shows and not the one that is asked for; and
   an answer to something earlier puts its own page in the history, also after Back. So what was written
   goes before the link that was pressed then, nothing later calls the person back to the page that was
   left, and only what is sent after Back or Forward may make a new step in the history.
   Needs kontakt.js before it, which counts what is really sent. */
(function () {
  "use strict";
  // numbers in Streamlit's messages; tests/test_browser_order.py holds them against Streamlit's own
  var MED = {rerun_script: 11, query_string: 1, widget_states: 2, page_script_hash: 3, is_history_navigation: 9, widgets: 1};
  var TRYCK = {trigger_value: 2, string_trigger_value: 14, chat_input_value: 15, json_trigger_value: 16};
  var tryckta = Object.keys(TRYCK).map(function (namn) { return TRYCK[namn]; });

  // ---- what a message says -----------------------------------------------------------------------------
  // calls `se` with each part of a message: its number, and its bytes or its whole number
  function delar(bytes, se) {
    var vid = 0;
    function tal() {
      var n = 0, faktor = 1, b;
      do { b = bytes[vid++]; n += (b & 127) * faktor; faktor *= 128; } while (b > 127);
      return n;
    }
    while (vid < bytes.length) {
      var marke = tal(), sort = marke % 8, langd;
      if (sort === 0) { se(Math.floor(marke / 8), tal()); continue; }
      langd = sort === 2 ? tal() : sort === 1 ? 8 : 4;
      se(Math.floor(marke / 8), bytes.subarray(vid, vid + langd));
      vid += langd;
    }
  }
  function del(bytes, nummer) {
    var funnen = null;
    delar(bytes, function (n, vad) { if (n === nummer) funnen = vad; });
    return funnen;
  }
  function text(bytes) { return bytes ? new TextDecoder().decode(bytes) : ""; }
  // what a message asks for: a page, shown because of Back or Forward, a link, a press or a field
  function las(data) {
    var bytes = data instanceof Uint8Array ? data : null, fraga = bytes && del(bytes, MED.rerun_script);
    if (!fraga) return null;
    var sida = del(fraga, MED.page_script_hash), falt = del(fraga, MED.widget_states), antal = 0, tryck = false;
    if (falt) delar(falt, function (n, ett) {
      if (n !== MED.widgets) return;
      antal += 1;
      delar(ett, function (sort) { if (tryckta.indexOf(sort) >= 0) tryck = true; });
    });
    return {vart: sida, sida: text(sida), sokt: text(del(fraga, MED.query_string)), tryck: tryck, antal: antal, historik: !!del(fraga, MED.is_history_navigation)};
  }

  // ---- in which order it is sent -----------------------------------------------------------------------
  // `visad`: the page of the last message; `mal`: a page asked for, that no message has come from yet
  var skicka = WebSocket.prototype.send, ko = [], nere = false, klocka = 0, visad = "", mal = null, skickat_mal = false;
  // `bakat`: nothing is sent since Back or Forward; `lankad`: what followed in the address of a link
  var bakat = false, lankad = null;

  // a link's page has no fields yet; pressed twice it is asked for twice
  function ar_byte(m) { return m.historik || (!m.antal && !!m.sida && (m.sida !== visad || m.sida === mal)); }
  function snart() { if (!klocka) klocka = setTimeout(slapp, 0); }
  function slapp() {
    klocka = 0;
    if (nere) return;
    var allt = ko;
    ko = [];
    allt.filter(function (ett) { return !ett.byter; }).concat(allt.filter(function (ett) { return ett.byter; })).forEach(function (ett) {
      if (ett.byter) skickat_mal = true;
      if (ett.vag.readyState === WebSocket.OPEN) skicka.call(ett.vag, ett.data);
    });
  }
  WebSocket.prototype.send = function (data) {
    var m = las(data), byter = !!m && ar_byte(m);
    if (!m) return skicka.call(this, data);
    if (byter) {
      mal = m.sida; skickat_mal = false; visad = m.sida;
      bakat = m.historik; lankad = m.historik ? null : m.sokt;
    } else if (mal !== null && m.sida !== mal && !m.tryck) {
      // from the page that was left: said after the change of page it must not call the person back
      if (skickat_mal && m.vart && m.sida.length === mal.length) m.vart.set(new TextEncoder().encode(mal));
    } else {
      mal = null; visad = m.sida; bakat = false; lankad = null;
    }
    if (!byter && !nere) return skicka.call(this, data);
    ko.push({vag: this, data: data, byter: byter});
    if (!nere) snart();
  };

  // ---- nothing is drawn anew under a press: a link would move away before it is let go ------------------
  function lyft() { if (nere) { nere = false; snart(); } }
  addEventListener("pointerdown", function (e) { nere = e.isPrimary && !e.button; }, true);
  ["pointerup", "pointercancel", "keydown"].forEach(function (namn) { addEventListener(namn, lyft, true); });
  // let go outside the window, which tells nobody
  addEventListener("pointermove", function (e) { if (!e.buttons) lyft(); }, true);
  addEventListener("blur", function (e) { if (e.target === window) lyft(); }, true);
  addEventListener("pagehide", function () { nere = false; slapp(); }, true);

  // ---- which steps there are in the history ------------------------------------------------------------
  var steg = history.pushState, byt = history.replaceState;
  history.pushState = function (lage, titel, vart) {
    var till = new URL(vart || "", location.href), annan = till.pathname !== location.pathname;
    if (bakat) {
      // an answer to what was asked before Back: what lies ahead in the history would be lost
      if (!annan) byt.call(history, lage, titel, vart);
      return;
    }
    var ratt = annan ? lankad : null;
    if (annan) lankad = null;
    if (ratt === null || till.search.slice(1) === ratt) { steg.apply(history, arguments); return; }
    // the page that was left changed its own address meanwhile, and Streamlit takes it for this one's
    steg.call(history, lage, titel, till.pathname + (ratt ? "?" + ratt : ""));
    setTimeout(function () { dispatchEvent(new PopStateEvent("popstate")); }, 0);
  };
})();
