/* What is being written is kept in this tab's own storage as one types, and put back where its field
   is drawn anew: after Back and Forward, a reload, or a restart of the service. Nothing is sent. */
(function () {
  "use strict";
  var NAMN = "dialog-skrivet", MEST = 40, LANGST = 400000, SENASTE = 6;
  // one-line fields are kept in the two forms that take long to fill in: not what is searched for, and
  // not a name of something new, which would stand there again when it is made
  var RADER = /^st-key-(synpunkt-.*-ord$|utkast-)/;

  function las() {
    try { return JSON.parse(sessionStorage.getItem(NAMN)) || {}; } catch (e) { return {}; }
  }
  // tells the page whether what is written would still be there, so that nobody is promised too much
  function skriv(allt) {
    var namn = Object.keys(allt).sort(function (a, b) { return allt[b].nar - allt[a].nar; });
    namn.slice(MEST).forEach(function (gammalt) { delete allt[gammalt]; });
    try {
      if (namn.length) sessionStorage.setItem(NAMN, JSON.stringify(allt)); else sessionStorage.removeItem(NAMN);
      delete document.documentElement.dataset.ejsparat;
    } catch (e) { document.documentElement.dataset.ejsparat = "1"; }
  }
  function ar_falt(t) {
    if (!t || !t.closest || !t.closest("[data-testid=stMain]")) return false;
    if (t.tagName === "TEXTAREA") return !!t.closest("[data-testid=stTextArea]");
    return t.tagName === "INPUT" && t.type === "text" && RADER.test(nyckel_pa(t)) && !!t.closest("[data-testid=stTextInput]");
  }
  function nyckel_pa(t) {
    var nyckel = "";
    for (var box = t; box && !nyckel; box = box.parentElement) {
      nyckel = Array.prototype.filter.call(box.classList || [], function (c) { return c.indexOf("st-key-") === 0; })[0] || "";
    }
    return nyckel;
  }
  // the page, the step and comment that the person is at, and the field's own key without the version
  // of what is stored, so that what was saved meanwhile is known again
  function namn_pa(t) {
    var nyckel = nyckel_pa(t).replace(/-[0-9a-f]{12,}$/, "");
    if (!nyckel) return "";
    var mark = document.querySelector("[data-steg]");
    return [location.pathname, mark ? mark.getAttribute("data-steg") : "", nyckel].join(" ");
  }

  // what stood in a field when it was drawn, and its key then: one box may serve another field later
  var borjade = new WeakMap();
  // half a sign (a lone surrogate) cannot be sent: the whole message would be lost, and contact with it
  function hel(t) {
    if (!t || !/^(INPUT|TEXTAREA)$/.test(t.tagName) || typeof t.value !== "string") return;
    var helt = t.value.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, function (tecken) { return tecken.length === 2 ? tecken : "\ufffd"; });
    if (helt === t.value) return;
    var vid = t.selectionStart;
    varde(t).call(t, helt);
    if (vid !== null) t.setSelectionRange(vid, vid);
  }
  function varde(t) {
    var form = t.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    return Object.getOwnPropertyDescriptor(form.prototype, "value").set;
  }
  addEventListener("input", function (e) {
    hel(e.target);
    var t = e.target, namn = ar_falt(t) && namn_pa(t);
    if (!namn) return;
    // typed before we have looked at the field: it is not what the service drew
    if (!borjade.has(t) || borjade.get(t).nyckel !== nyckel_pa(t)) borjade.set(t, {text: "", nyckel: nyckel_pa(t)});
    var allt = las(), ett = allt[namn] || {kant: [borjade.get(t).text]};
    ett.text = t.value; ett.nar = Date.now();
    allt[namn] = ett;
    // a whole table that is pasted may be more than the tab can hold
    if (t.value.length > LANGST) delete allt[namn];
    skriv(allt);
    if (t.value.length > LANGST) document.documentElement.dataset.ejsparat = "1";
  }, true);
  // what the service has been told may stand in the field when it is drawn next
  function sagt(t) {
    var namn = ar_falt(t) && namn_pa(t), allt = namn ? las() : {}, ett = allt[namn];
    if (!ett || ett.kant.indexOf(t.value) >= 0) return;
    ett.kant = ett.kant.concat(t.value).slice(-SENASTE);
    skriv(allt);
  }
  addEventListener("focusout", function (e) { sagt(e.target); }, true);
  addEventListener("keydown", function (e) {
    if (e.key !== "Enter" || !(e.ctrlKey || e.metaKey || e.target.tagName === "INPUT")) return;
    aterkommen = false;
    sagt(e.target);
  }, true);

  function satt(t, text) {
    varde(t).call(t, text);
    t.dispatchEvent(new Event("input", {bubbles: true}));
    // as when the person leaves the field: the service is told
    if (document.activeElement !== t) t.dispatchEvent(new FocusEvent("focusout", {bubbles: true}));
  }
  // after a time without contact a new session may empty a box that stands, also while one writes in it;
  // what is pressed or sent by key after that may empty it rightly
  var haft = false, aterkommen = false;
  addEventListener("click", function (e) { if (!ar_falt(e.target)) aterkommen = false; }, true);
  function lagg_tillbaka() {
    var app = document.querySelector("[data-testid=stApp]");
    if (!app || app.getAttribute("data-test-connection-state") !== "CONNECTED") { aterkommen = !!app && haft; return; }
    haft = true;
    var mark = document.querySelector("[data-steg]"), allt = las(), andrat = false;
    if (mark && mark.getAttribute("data-steg") === "kvitto") {
      // it is sent: nothing of it stays in the tab
      Object.keys(allt).forEach(function (namn) { if (namn.indexOf(location.pathname + " ") === 0) { delete allt[namn]; andrat = true; } });
    }
    document.querySelectorAll("[data-testid=stMain] textarea, [data-testid=stMain] input[type=text]").forEach(function (t) {
      if (t.disabled || !ar_falt(t) || t.closest("[data-stale=true]")) return;
      var namn = namn_pa(t), ett = namn && allt[namn], nyckel = nyckel_pa(t);
      var ny = !borjade.has(t) || borjade.get(t).nyckel !== nyckel;
      if (ny) borjade.set(t, {text: t.value, nyckel: nyckel});
      if (!ett || ((!ny || aterkommen) && ett.text === t.value)) return;
      if ((ny || aterkommen) && ett.text !== t.value && ett.kant.indexOf(t.value) >= 0) { satt(t, ett.text); return; }
      andrat = true;
      // a text that the field would not take stands there as it was before
      if (!ny && t.value && document.activeElement === t) ett.text = t.value;
      // it is what the service has, or was sent, or something else was saved by another
      else delete allt[namn];
    });
    if (andrat) skriv(allt);
  }

  // who signs out leaves nothing behind
  addEventListener("click", function (e) {
    var a = e.target && e.target.closest && e.target.closest("a[href='/logga-ut']");
    if (a) try { sessionStorage.removeItem(NAMN); } catch (fel) { /* nothing was kept */ }
  }, true);

  var vantar = false;
  function snart() {
    if (vantar) return;
    vantar = true;
    setTimeout(function () { vantar = false; lagg_tillbaka(); }, 60);
  }
  function borja() {
    new MutationObserver(snart).observe(document.body, {subtree: true, childList: true, attributes: true, attributeFilter: ["data-test-connection-state", "data-test-script-state", "data-stale", "data-steg", "disabled"]});
    snart();
  }
  if (document.body) borja(); else addEventListener("DOMContentLoaded", borja);
})();
