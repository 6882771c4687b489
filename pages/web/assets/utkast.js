/* Keeps a draft in this tab's own storage and hands it back once after a reload. */
(function () {
  "use strict";
  var LEVANDE = "dialog-levande", told = false, last = null;
  function say(type, more) {
    if (parent !== window) parent.postMessage(Object.assign({isStreamlitMessage: true, type: type}, more), location.origin);
  }
  function read(name) {
    try { return JSON.parse(sessionStorage.getItem(name)); } catch (e) { return null; }
  }
  function write(name, value) {
    try {
      if (value === null) sessionStorage.removeItem(name); else sessionStorage.setItem(name, JSON.stringify(value));
    } catch (e) { /* a full or closed storage only means that nothing is kept */ }
  }
  addEventListener("message", function (e) {
    if (e.source !== parent || !e.data || e.data.type !== "streamlit:render") return;
    var a = e.data.args || {}, name = "dialog-utkast:" + String(a.of || ""), text = JSON.stringify(a.save || null);
    if (!told) {
      told = true;
      say("streamlit:setComponentValue", {dataType: "json", value: {loaded: true, draft: read(name), live: read(LEVANDE) || {}}});
      write(LEVANDE, null);
    }
    if (a.save && text !== last) {
      last = text;
      if (a.save.clear === true) { write(name, null); write(LEVANDE, null); } else write(name, a.save);
    }
  });
  say("streamlit:componentReady", {apiVersion: 1});
  say("streamlit:setFrameHeight", {height: 0});
})();
