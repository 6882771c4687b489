/* Keeps a draft in this tab's own storage, and hands it to every session that asks: after a reload,
   and when the service has been restarted. */
(function () {
  "use strict";
  var fragad = null, last = null, gang = 0;
  function say(type, more) {
    if (parent !== window) parent.postMessage(Object.assign({isStreamlitMessage: true, type: type}, more), location.origin);
  }
  function read(name) {
    try { return JSON.parse(sessionStorage.getItem(name)); } catch (e) { return null; }
  }
  function write(name, value) {
    try {
      if (value === null) sessionStorage.removeItem(name); else sessionStorage.setItem(name, JSON.stringify(value));
    } catch (e) { parent.document.documentElement.dataset.ejsparat = "1"; }
  }
  function svara() {
    gang += 1;
    say("streamlit:setComponentValue", {dataType: "json", value: {loaded: true, asked: fragad.ask, draft: read(fragad.name), gang: gang}});
  }
  addEventListener("message", function (e) {
    if (e.source !== parent || !e.data) return;
    // contact is back, perhaps with a service that knows nothing: let it ask
    if (e.data.type === "dialog:kontakt" && fragad) { svara(); return; }
    if (e.data.type !== "streamlit:render") return;
    var a = e.data.args || {}, name = "dialog-utkast:" + String(a.of || ""), text = JSON.stringify(a.save || null);
    if (!fragad || fragad.ask !== a.ask || fragad.name !== name) {
      fragad = {ask: a.ask, name: name};
      svara();
    }
    if (a.save && text !== last) {
      last = text;
      write(name, a.save.clear === true ? null : a.save);
    }
  });
  say("streamlit:componentReady", {apiVersion: 1});
  say("streamlit:setFrameHeight", {height: 0});
})();
