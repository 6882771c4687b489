/* Says in one lasting line that there is no contact with the service, and reads the page anew when
   there is. The words stand on the element that loads this file, in the page's language. */
(() => {
  "use strict";
  const words = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  // a short gap is nobody's concern, and a slow first answer is no loss
  const PATIENCE = 1200;
  const FIRST_PATIENCE = 6000;
  // nobody may have hung up though nothing comes through: then the service is asked whether it is there
  const SILENCE = 5000;
  const TIME_TO_ANSWER = 5000;
  const AGAIN = 2000;

  /** @type {HTMLElement | null} */
  let line = null;
  let goneSince = 0;
  let wasAway = false;
  let hadContact = false;
  let isSilent = false;
  let waiting = 0;
  let asking = 0;

  // ---- what is said --------------------------------------------------------------------------------
  function isTextKept() {
    if ("ejsparat" in document.documentElement.dataset) return false;
    const id = new URLSearchParams(location.search).get("id");
    try {
      return keptText.isThere() || (location.pathname === "/synpunkt" && !!id && !!sessionStorage.getItem(`dialog-utkast:${id}`));
    } catch { return false; }
  }

  /** @param {string} [text] */
  function say(text = "") {
    if (!line) {
      line = document.createElement("p");
      line.className = "kontakt";
      line.setAttribute("role", "status");
      document.body.appendChild(line);
    }
    if (line.textContent !== text) line.textContent = text;
  }

  function sayTrying() { say(isTextKept() ? words.tryingKept : words.trying); }
  function sayOver() { say(isTextKept() ? words.overKept : words.over); }

  function readAnew() {
    // the draft answers by itself, with what the fields hold; other pages are asked for as after Back
    /** @type {HTMLIFrameElement | null} */
    const frame = document.querySelector("[class*=st-key-dold-utkast-] iframe");
    if (frame && frame.contentWindow) frame.contentWindow.postMessage({type: "dialog:kontakt"}, location.origin);
    else dispatchEvent(new PopStateEvent("popstate"));
  }

  function look() {
    const app = document.querySelector("[data-testid=stApp]");
    const state = app && app.getAttribute("data-test-connection-state");
    if (!state) return;
    if (state === "CONNECTED" && isSilent) { sayTrying(); return; }
    isSilent = false;
    if (state === "CONNECTED") {
      say();
      delete document.documentElement.dataset.utanKontakt;
      if (wasAway) readAnew();
      goneSince = 0;
      wasAway = false;
      hadContact = true;
      return;
    }
    if (!goneSince) goneSince = Date.now();
    if (hadContact) {
      wasAway = true;
      document.documentElement.dataset.utanKontakt = "1";
    }
    const left = (hadContact ? PATIENCE : FIRST_PATIENCE) - (Date.now() - goneSince);
    if (left > 0) { setTimeout(look, left + 20); return; }
    if (state === "DISCONNECTED_FOREVER") sayOver(); else sayTrying();
  }

  // ---- whether the service is there ------------------------------------------------------------------
  function ask() {
    clearTimeout(waiting);
    clearTimeout(asking);
    waiting = 0;
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), TIME_TO_ANSWER);
    /** @param {boolean} isThere */
    function answered(isThere) {
      clearTimeout(clock);
      isSilent = !isThere;
      if (isSilent) asking = setTimeout(ask, AGAIN);
      look();
    }
    fetch("/healthz", {cache: "no-store", signal: stop.signal}).then(() => answered(true), () => answered(false));
  }

  // what is sent is soon answered; the network may be gone, or the service stand still, without a word
  const send = WebSocket.prototype.send;
  const listenedTo = new WeakSet();
  function heard() {
    clearTimeout(waiting);
    waiting = 0;
    if (isSilent) ask();
  }
  /** @param {Parameters<WebSocket["send"]>} said */
  WebSocket.prototype.send = function (...said) {
    if (!listenedTo.has(this)) { listenedTo.add(this); this.addEventListener("message", heard); }
    if (!waiting) waiting = setTimeout(ask, SILENCE);
    send.apply(this, said);
  };
  addEventListener("offline", ask);
  addEventListener("online", ask);

  elements.whenThereIsABody(() => say());
  elements.whenChanged(["data-test-connection-state"], look);
})();
