/* What is being written is kept in this tab's own storage as one types, and put back where its field
   is drawn anew: after Back and Forward, a reload, or a restart of the service. Nothing is sent. */
const keptText = (() => {
  "use strict";
  const STORED_AS = "dialog-skrivet";
  const MOST = 40;
  const LONGEST = 400000;
  const TOLD_MOST = 6;
  const TRIES_MOST = 5;
  const TOLD_AGAIN_MS = 1500;
  // one-line fields are kept in the two forms that take long to fill in: not what is searched for, and
  // not a name of something new, which would stand there again when it is made
  const LINES = /^st-key-(synpunkt-.*-ord$|utkast-)/;

  /**
   * What is kept of one field: what stands in it, when it was written, and what the service has been told
   * or drew. The names are stored in tabs that are open, so they stay.
   * @typedef {{text: string, nar: number, kant: string[]}} Kept
   * @typedef {HTMLInputElement | HTMLTextAreaElement} Field
   */

  // ---- the tab's storage ---------------------------------------------------------------------------
  /** @returns {Record<string, Kept>} */
  function read() {
    try { return JSON.parse(sessionStorage.getItem(STORED_AS) || "null") || {}; } catch { return {}; }
  }

  /**
   * Tells the page too whether what is written would still be there, so that nobody is promised too much.
   * @param {Record<string, Kept>} all
   */
  function write(all) {
    const names = Object.keys(all).sort((a, b) => all[b].nar - all[a].nar);
    names.slice(MOST).forEach((old) => { delete all[old]; });
    try {
      if (names.length) sessionStorage.setItem(STORED_AS, JSON.stringify(all)); else sessionStorage.removeItem(STORED_AS);
      delete document.documentElement.dataset.ejsparat;
    } catch { document.documentElement.dataset.ejsparat = "1"; }
  }

  /** @param {string} name */
  function isOfThisPage(name) { return name.indexOf(`${location.pathname} `) === 0; }

  /** Whether something is kept that was written on this page; fails where nothing can be kept. */
  function isThere() {
    /** @type {Record<string, Kept>} */
    const all = JSON.parse(sessionStorage.getItem(STORED_AS) || "null") || {};
    return Object.keys(all).some((name) => isOfThisPage(name) && all[name].text);
  }

  // ---- fields --------------------------------------------------------------------------------------
  /**
   * @param {EventTarget | null} at
   * @returns {at is Field}
   */
  function isField(at) {
    if (!elements.around(at, "[data-testid=stMain]")) return false;
    if (at instanceof HTMLTextAreaElement) return !!at.closest("[data-testid=stTextArea]");
    return at instanceof HTMLInputElement && at.type === "text" && LINES.test(keyOf(at)) && !!at.closest("[data-testid=stTextInput]");
  }

  /** @param {Field} field */
  function keyOf(field) {
    let key = "";
    for (let box = /** @type {Element | null} */ (field); box && !key; box = box.parentElement) {
      key = Array.from(box.classList).find((name) => name.indexOf("st-key-") === 0) || "";
    }
    return key;
  }

  /**
   * The page, the step and comment that the person is at, and the field's own key without the version
   * of what is stored, so that what was saved meanwhile is known again.
   * @param {Field} field
   */
  function nameOf(field) {
    const key = keyOf(field).replace(/-[0-9a-f]{12,}$/, "");
    return key ? [location.pathname, elements.marked("data-steg") || "", key].join(" ") : "";
  }

  // what stood in a field when it was drawn, its key then, since one box may serve another field later, and
  // how often its words were put back since
  /** @type {WeakMap<Field, {text: string, key: string, tries: number}>} */
  const drawn = new WeakMap();

  /**
   * What stood in the field when it was drawn, if we have looked at it since.
   * @param {Field} field
   */
  function drawnIn(field) {
    const seen = drawn.get(field);
    return seen && seen.key === keyOf(field) ? seen : null;
  }

  /**
   * @param {Field} field
   * @param {string} text
   */
  function setValue(field, text) {
    const form = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
    const own = Object.getOwnPropertyDescriptor(form.prototype, "value");
    if (own && own.set) own.set.call(field, text);
  }

  /**
   * Half a sign (a lone surrogate) cannot be sent: the whole message would be lost, and contact with it.
   * @param {EventTarget | null} at
   */
  function mend(at) {
    if (!(at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement)) return;
    const whole = at.value.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (sign) => (sign.length === 2 ? sign : "\ufffd"));
    if (whole === at.value) return;
    const caret = at.selectionStart;
    setValue(at, whole);
    if (caret !== null) at.setSelectionRange(caret, caret);
  }

  // ---- as one types --------------------------------------------------------------------------------
  addEventListener("input", (event) => {
    mend(event.target);
    const field = event.target;
    const name = isField(field) && nameOf(field);
    if (!name) return;
    // typed before we have looked at the field: it is not what the service drew
    const seen = drawnIn(field) || {text: "", key: keyOf(field), tries: 0};
    drawn.set(field, seen);
    const all = read();
    const before = all[name];
    all[name] = {kant: before ? before.kant : [seen.text], text: field.value, nar: Date.now()};
    // a whole table that is pasted may be more than the tab can hold
    if (field.value.length > LONGEST) delete all[name];
    write(all);
    if (field.value.length > LONGEST) document.documentElement.dataset.ejsparat = "1";
  }, true);

  /**
   * What the service has been told may stand in the field when it is drawn next.
   * @param {EventTarget | null} at
   */
  function rememberTold(at) {
    const name = isField(at) && nameOf(at);
    if (!name) return;
    const all = read();
    const kept = all[name];
    if (!kept || kept.kant.indexOf(at.value) >= 0) return;
    kept.kant = kept.kant.concat(at.value).slice(-TOLD_MOST);
    write(all);
  }
  addEventListener("focusout", (event) => rememberTold(event.target), true);
  addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement)) return;
    press();
    rememberTold(event.target);
  }, true);

  // ---- put back where a field is drawn anew -----------------------------------------------------------
  // a box that stands may be emptied while one writes in it: by a new session after a time without
  // contact, or by Streamlit when it has drawn it; only what is pressed or sent by key after the words
  // were written may empty it rightly
  let hadContact = false;
  let isBack = false;
  let pressedAt = 0;
  function press() {
    isBack = false;
    pressedAt = Date.now();
  }
  addEventListener("click", (event) => { if (!isField(event.target)) press(); }, true);

  /**
   * @param {Field} field
   * @param {string} text
   */
  function putBack(field, text) {
    setValue(field, text);
    field.dispatchEvent(new Event("input", {bubbles: true}));
    tell(field, TRIES_MOST);
  }

  /**
   * As when the person leaves the field: the service is told, and again while it seems not to have heard.
   * Streamlit sends nothing that it has sent.
   * @param {Field} field
   * @param {number} tries
   */
  function tell(field, tries) {
    if (!tries || !field.isConnected || document.activeElement === field) return;
    const kept = read()[nameOf(field)];
    if (!kept || kept.text !== field.value) return;
    field.dispatchEvent(new FocusEvent("focusout", {bubbles: true}));
    soon();
    setTimeout(tell, TOLD_AGAIN_MS, field, tries - 1);
  }

  /**
   * A field that does not take its text is not asked for ever.
   * @param {Field} field
   */
  function mayTryAgain(field) {
    const seen = drawn.get(field);
    return !!seen && (seen.tries += 1) <= TRIES_MOST;
  }

  /**
   * Whether an older text of its own stands in a field, and nothing was done since that may empty it rightly.
   * @param {Field} field
   * @param {Kept} kept
   * @param {boolean} isNew
   */
  function isToPutBack(field, kept, isNew) {
    if (kept.text === field.value || kept.kant.indexOf(field.value) < 0) return false;
    return isNew || isBack || (kept.nar >= pressedAt && mayTryAgain(field));
  }

  /**
   * It is sent: nothing of it stays in the tab.
   * @param {Record<string, Kept>} all
   */
  function forgetThisPage(all) {
    const sent = Object.keys(all).filter(isOfThisPage);
    sent.forEach((name) => { delete all[name]; });
    return sent.length > 0;
  }

  /**
   * Put back what belongs in a field, or change what is kept; tells whether that was changed.
   * @param {Field} field
   * @param {Record<string, Kept>} all
   */
  function settle(field, all) {
    const name = nameOf(field);
    const kept = name ? all[name] : undefined;
    const isNew = !drawnIn(field);
    if (isNew) drawn.set(field, {text: field.value, key: keyOf(field), tries: 0});
    if (!kept || ((!isNew || isBack) && kept.text === field.value)) return false;
    if (isToPutBack(field, kept, isNew)) {
      putBack(field, kept.text);
      return false;
    }
    // a text that the field would not take stands there as it was before
    if (!isNew && field.value && document.activeElement === field) kept.text = field.value;
    // it is what the service has, or was sent, or something else was saved by another
    else delete all[name];
    return true;
  }

  function settleAll() {
    const app = document.querySelector("[data-testid=stApp]");
    if (!app || app.getAttribute("data-test-connection-state") !== "CONNECTED") {
      isBack = !!app && hadContact;
      return;
    }
    hadContact = true;
    const all = read();
    let isChanged = elements.marked("data-steg") === "kvitto" && forgetThisPage(all);
    document.querySelectorAll("[data-testid=stMain] textarea, [data-testid=stMain] input[type=text]").forEach((field) => {
      if (!isField(field) || field.disabled || field.closest("[data-stale=true]")) return;
      isChanged = settle(field, all) || isChanged;
    });
    if (isChanged) write(all);
  }

  // who signs out leaves nothing behind
  addEventListener("click", (event) => {
    if (!elements.around(event.target, "a[href='/logga-ut']")) return;
    try { sessionStorage.removeItem(STORED_AS); } catch { /* nothing was kept */ }
  }, true);

  let isWaiting = false;
  function soon() {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => { isWaiting = false; settleAll(); }, 60);
  }
  elements.whenChanged(["data-test-connection-state", "data-test-script-state", "data-stale", "data-steg", "disabled"], soon);
  elements.whenThereIsABody(soon);

  return {isThere};
})();
