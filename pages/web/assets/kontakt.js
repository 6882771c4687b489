/* Says in one lasting line that there is no contact with the service, and reads the page anew when
   there is. The words stand on the element that loads this file, in the page's language. */
(function () {
  "use strict";
  var ord = document.currentScript.dataset, rad = null, sedan = 0, var_borta = false, har_haft = false;
  // a short gap is nobody's concern, and a slow first answer is no loss
  var TALAMOD = 1200, FORSTA = 6000;
  // nobody may have hung up though nothing comes through: then the service is asked whether it is there
  var TYSTNAD = 5000, SVARSTID = 5000, IGEN = 2000, tyst = false, vantar = 0, fragar = 0;

  function har_text() {
    if ("ejsparat" in document.documentElement.dataset) return false;
    var skrivet = {}, id = new URLSearchParams(location.search).get("id"), utkast = null;
    try {
      skrivet = JSON.parse(sessionStorage.getItem("dialog-skrivet")) || {};
      if (location.pathname === "/synpunkt" && id) utkast = sessionStorage.getItem("dialog-utkast:" + id);
    } catch (e) { return false; }
    var har_falt = Object.keys(skrivet).some(function (namn) { return namn.indexOf(location.pathname + " ") === 0 && skrivet[namn].text; });
    return har_falt || !!utkast;
  }
  function sag(text) {
    if (!rad) {
      rad = document.createElement("p");
      rad.className = "kontakt"; rad.setAttribute("role", "status");
      document.body.appendChild(rad);
    }
    if (rad.textContent !== text) rad.textContent = text;
  }
  function las_om() {
    // the draft answers by itself, with what the fields hold; other pages are asked for as after Back
    var ram = document.querySelector("[class*=st-key-dold-utkast-] iframe");
    if (ram && ram.contentWindow) ram.contentWindow.postMessage({type: "dialog:kontakt"}, location.origin);
    else dispatchEvent(new PopStateEvent("popstate"));
  }
  function se() {
    var app = document.querySelector("[data-testid=stApp]"), nu = app && app.getAttribute("data-test-connection-state");
    if (!nu) return;
    if (nu === "CONNECTED" && tyst) { sag(har_text() ? ord.borta : ord.bortaUtan); return; }
    tyst = false;
    if (nu === "CONNECTED") {
      sag("");
      delete document.documentElement.dataset.utanKontakt;
      if (var_borta) las_om();
      sedan = 0; var_borta = false; har_haft = true;
      return;
    }
    if (!sedan) sedan = Date.now();
    if (har_haft) { var_borta = true; document.documentElement.dataset.utanKontakt = "1"; }
    var kvar = (har_haft ? TALAMOD : FORSTA) - (Date.now() - sedan);
    if (kvar > 0) { setTimeout(se, kvar + 20); return; }
    var slut = nu === "DISCONNECTED_FOREVER";
    sag(har_text() ? (slut ? ord.slutText : ord.borta) : (slut ? ord.slut : ord.bortaUtan));
  }
  function prova() {
    clearTimeout(vantar); clearTimeout(fragar); vantar = 0;
    var avbrott = new AbortController(), klocka = setTimeout(function () { avbrott.abort(); }, SVARSTID);
    function svar(finns) {
      clearTimeout(klocka);
      tyst = !finns;
      if (tyst) fragar = setTimeout(prova, IGEN);
      se();
    }
    fetch("/healthz", {cache: "no-store", signal: avbrott.signal}).then(function () { svar(true); }, function () { svar(false); });
  }
  // what is sent is soon answered; the network may be gone, or the service stand still, without a word
  var skicka = WebSocket.prototype.send, horda = new WeakSet();
  function hort() { clearTimeout(vantar); vantar = 0; if (tyst) prova(); }
  WebSocket.prototype.send = function () {
    if (!horda.has(this)) { horda.add(this); this.addEventListener("message", hort); }
    if (!vantar) vantar = setTimeout(prova, TYSTNAD);
    return skicka.apply(this, arguments);
  };
  addEventListener("offline", prova);
  addEventListener("online", prova);

  function borja() {
    sag("");
    new MutationObserver(se).observe(document.body, {subtree: true, childList: true, attributes: true, attributeFilter: ["data-test-connection-state"]});
  }
  if (document.body) borja(); else addEventListener("DOMContentLoaded", borja);
})();
