/* Keeps the order in which a person acts. Streamlit sends what stood in a field a moment after it was
   left, but a change of page at once; it names the page it shows and not the one that is asked for; and
   an answer to something earlier puts its own page in the history, also after Back. So what was written
   goes before the link that was pressed then, nothing later calls the person back to the page that was
   left, and only what is sent after Back or Forward may make a new step in the history.
   Needs contact.js before it, which counts what is really sent. */
(() => {
  "use strict";
  // numbers in Streamlit's messages; tests/test_browser_order.py holds them against Streamlit's own
  const PARTS = {rerun_script: 11, query_string: 1, widget_states: 2, page_script_hash: 3, is_history_navigation: 9, widgets: 1};
  const PRESSES = {trigger_value: 2, string_trigger_value: 14, chat_input_value: 15, json_trigger_value: 16};
  const presses = Object.keys(PRESSES).map((name) => PRESSES[/** @type {keyof typeof PRESSES} */ (name)]);

  // ---- what a message says -----------------------------------------------------------------------------
  /**
   * Call `see` with each part of a message: its number, and its bytes or its whole number.
   * @param {Uint8Array} bytes
   * @param {(number: number, found: Uint8Array | number) => void} see
   */
  function eachPart(bytes, see) {
    let at = 0;
    function wholeNumber() {
      let n = 0, factor = 1, byte;
      do { byte = bytes[at++]; n += (byte & 127) * factor; factor *= 128; } while (byte > 127);
      return n;
    }
    while (at < bytes.length) {
      const mark = wholeNumber();
      const number = Math.floor(mark / 8);
      const kind = mark % 8;
      if (kind === 0) { see(number, wholeNumber()); continue; }
      const length = kind === 2 ? wholeNumber() : kind === 1 ? 8 : 4;
      see(number, bytes.subarray(at, at + length));
      at += length;
    }
  }

  /**
   * The last part with a number.
   * @param {Uint8Array} bytes
   * @param {number} number
   */
  function part(bytes, number) {
    /** @type {Uint8Array | number | null} */
    let found = null;
    eachPart(bytes, (n, what) => { if (n === number) found = what; });
    return /** @type {Uint8Array | number | null} */ (found);
  }

  /**
   * @param {Uint8Array} bytes
   * @param {number} number
   */
  function inner(bytes, number) {
    const found = part(bytes, number);
    return found instanceof Uint8Array ? found : null;
  }

  /** @param {Uint8Array | null} bytes */
  function text(bytes) { return bytes ? new TextDecoder().decode(bytes) : ""; }

  /** @param {Uint8Array} widget */
  function isPress(widget) {
    let found = false;
    eachPart(widget, (kind) => { if (presses.indexOf(kind) >= 0) found = true; });
    return found;
  }

  /**
   * What a message asks for: a page, shown because of Back or Forward, a link, a press or a field.
   * @param {unknown} data
   */
  function read(data) {
    const asked = data instanceof Uint8Array && inner(data, PARTS.rerun_script);
    if (!asked) return null;
    const where = inner(asked, PARTS.page_script_hash);
    const states = inner(asked, PARTS.widget_states);
    let fields = 0;
    let hasPress = false;
    if (states) eachPart(states, (number, widget) => {
      if (number !== PARTS.widgets || !(widget instanceof Uint8Array)) return;
      fields += 1;
      hasPress = hasPress || isPress(widget);
    });
    return {
      where, page: text(where), query: text(inner(asked, PARTS.query_string)),
      hasPress, fields, isFromHistory: !!part(asked, PARTS.is_history_navigation),
    };
  }

  // ---- in which order it is sent -----------------------------------------------------------------------
  const send = WebSocket.prototype.send;
  /** @type {{way: WebSocket, data: Parameters<WebSocket["send"]>[0], isChange: boolean}[]} */
  let queue = [];
  let isDown = false;
  let clock = 0;
  // the page of the last message; and a page asked for, that no message has come from yet
  let shown = "";
  /** @type {string | null} */
  let target = null;
  let isTargetSent = false;
  // nothing is sent since Back or Forward; and what followed in the address of a link
  let isBack = false;
  /** @type {string | null} */
  let linked = null;

  /**
   * A link's page has no fields yet; pressed twice it is asked for twice.
   * @param {NonNullable<ReturnType<typeof read>>} message
   */
  function isPageChange(message) {
    return message.isFromHistory || (!message.fields && !!message.page && (message.page !== shown || message.page === target));
  }

  function soon() { if (!clock) clock = setTimeout(release, 0); }
  function release() {
    clock = 0;
    if (isDown) return;
    const all = queue;
    queue = [];
    all.filter((one) => !one.isChange).concat(all.filter((one) => one.isChange)).forEach((one) => {
      if (one.isChange) isTargetSent = true;
      if (one.way.readyState === WebSocket.OPEN) send.call(one.way, one.data);
    });
  }

  /** @param {Parameters<WebSocket["send"]>[0]} data */
  WebSocket.prototype.send = function (data) {
    const message = read(data);
    if (!message) { send.call(this, data); return; }
    const isChange = isPageChange(message);
    if (isChange) {
      target = message.page;
      isTargetSent = false;
      shown = message.page;
      isBack = message.isFromHistory;
      linked = message.isFromHistory ? null : message.query;
    } else if (target !== null && message.page !== target && !message.hasPress) {
      // from the page that was left: said after the change of page it must not call the person back
      if (isTargetSent && message.where && message.page.length === target.length) message.where.set(new TextEncoder().encode(target));
    } else {
      target = null;
      shown = message.page;
      isBack = false;
      linked = null;
    }
    if (!isChange && !isDown) { send.call(this, data); return; }
    queue.push({way: this, data, isChange});
    if (!isDown) soon();
  };

  // ---- nothing is drawn anew under a press: a link would move away before it is let go ------------------
  function lift() { if (isDown) { isDown = false; soon(); } }
  addEventListener("pointerdown", (event) => { isDown = event.isPrimary && !event.button; }, true);
  ["pointerup", "pointercancel", "keydown"].forEach((name) => addEventListener(name, lift, true));
  // let go outside the window, which tells nobody
  addEventListener("pointermove", (event) => { if (!event.buttons) lift(); }, true);
  addEventListener("blur", (event) => { if (event.target === window) lift(); }, true);
  addEventListener("pagehide", () => { isDown = false; release(); }, true);

  // ---- which steps there are in the history ------------------------------------------------------------
  const push = history.pushState;
  const replace = history.replaceState;
  /** @type {History["pushState"]} */
  history.pushState = function (state, title, where) {
    const to = new URL(where || "", location.href);
    const isOther = to.pathname !== location.pathname;
    if (isBack) {
      // an answer to what was asked before Back: what lies ahead in the history would be lost
      if (!isOther) replace.call(history, state, title, where);
      return;
    }
    const right = isOther ? linked : null;
    if (isOther) linked = null;
    if (right === null || to.search.slice(1) === right) { push.call(history, state, title, where); return; }
    // the page that was left changed its own address meanwhile, and Streamlit takes it for this one's
    push.call(history, state, title, to.pathname + (right ? `?${right}` : ""));
    setTimeout(() => dispatchEvent(new PopStateEvent("popstate")), 0);
  };
})();
