/* Keeps a draft in this tab's own storage, and hands it to every session that asks: after a reload,
   and when the service has been restarted. */
(() => {
  "use strict";
  /** @type {{ask: unknown, name: string} | null} */
  let asked = null;
  /** @type {string | null} */
  let last = null;
  let times = 0;

  /**
   * @param {string} type
   * @param {Record<string, unknown>} more
   */
  function tell(type, more) {
    if (parent !== window) parent.postMessage(Object.assign({isStreamlitMessage: true, type}, more), location.origin);
  }

  /** @param {string} name */
  function read(name) {
    try { return JSON.parse(sessionStorage.getItem(name) || "null"); } catch { return null; }
  }

  /**
   * @param {string} name
   * @param {unknown} value
   */
  function write(name, value) {
    try {
      if (value === null) sessionStorage.removeItem(name); else sessionStorage.setItem(name, JSON.stringify(value));
    } catch { parent.document.documentElement.dataset.ejsparat = "1"; }
  }

  /** @param {{ask: unknown, name: string}} question */
  function answer({ask, name}) {
    times += 1;
    // `gang` makes each answer a new one
    tell("streamlit:setComponentValue", {dataType: "json", value: {loaded: true, asked: ask, draft: read(name), gang: times}});
  }

  addEventListener("message", (event) => {
    if (event.source !== parent || !event.data) return;
    // contact is back, perhaps with a service that knows nothing: let it ask
    if (event.data.type === "dialog:kontakt" && asked) { answer(asked); return; }
    if (event.data.type !== "streamlit:render") return;
    const {of, ask, save} = event.data.args || {};
    const name = `dialog-utkast:${of || ""}`;
    const text = JSON.stringify(save || null);
    if (!asked || asked.ask !== ask || asked.name !== name) {
      asked = {ask, name};
      answer(asked);
    }
    if (save && text !== last) {
      last = text;
      write(name, save.clear === true ? null : save);
    }
  });
  tell("streamlit:componentReady", {apiVersion: 1});
  tell("streamlit:setFrameHeight", {height: 0});
})();
