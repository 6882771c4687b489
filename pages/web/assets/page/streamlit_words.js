/* Streamlit's own words in the person's language, wherever it says them. The words come from our
   catalogues (`dialogWords`, see streamlit_words.py). What people and pages wrote stays as it is. */
(() => {
  "use strict";
  // Streamlit and its calendar speak the browser's language; the page's was chosen by the server
  const LOCALES = {sv: "sv-SE", en: "en-GB"};
  /** @returns {"sv" | "en"} */
  function language() { return document.documentElement.lang === "en" ? "en" : "sv"; }
  function locale() { return LOCALES[language()]; }
  Object.defineProperty(navigator, "language", {configurable: true, get: locale});
  Object.defineProperty(navigator, "languages", {configurable: true, get: () => [locale()]});

  /**
   * @typedef {{pattern: RegExp, said: string, within: string}} Part
   * @typedef {{whole: Record<string, string>, parts: Part[], refused: Part[], fields: Record<string, string>, or: string}} Words
   */
  const isOwn = Object.prototype.hasOwnProperty;
  /** @type {Partial<Record<"sv" | "en", Words>>} */
  const ready = {};

  /**
   * @param {[string, string, string]} part
   * @returns {Part}
   */
  function withPattern([pattern, said, within]) {
    return {pattern: new RegExp(`^(?:${pattern})$`), said, within};
  }

  // the patterns are made once for each language
  function words() {
    const now = language();
    const known = ready[now];
    if (known) return known;
    const {whole, parts, refused, fields, or} = dialogWords[now];
    const made = {whole, parts: parts.map(withPattern), refused: refused.map(withPattern), fields, or};
    ready[now] = made;
    return made;
  }

  // ---- how a piece of a text is said ----------------------------------------------------------------
  /** @type {Record<string, (text: string) => string>} */
  const SAYING = {
    day(text) {
      const at = new Date(`${text} 12:00`);
      return isNaN(at.getTime()) ? text : new Intl.DateTimeFormat(locale(), {dateStyle: "long"}).format(at);
    },
    month(text) { return new Intl.DateTimeFormat(locale(), {month: "long"}).format(new Date(`${text} 1, 2000 12:00`)); },
    field(text) { return words().fields[text] || text; },
    number(text) { return Number(text).toLocaleString(locale()); },
  };

  /**
   * @param {string} said
   * @param {RegExpExecArray} found
   */
  function fill(said, found) {
    return said.replace(/\{(\d)(?::(\w+))?\}/g, (_whole, at, how) => {
      const text = found[Number(at)] || "";
      return how ? SAYING[how](text) : text;
    });
  }

  /**
   * @param {Part[]} parts
   * @param {string} plain
   * @param {Element} near
   */
  function firstThatFits(parts, plain, near) {
    for (const part of parts) {
      const found = (!part.within || near.closest(part.within)) && part.pattern.exec(plain);
      if (found) return fill(part.said, found);
    }
    return null;
  }

  /**
   * @param {string} text
   * @param {Element} near
   */
  function translated(text, near) {
    const plain = text.trim();
    if (plain.length < 1 || plain.length > 900) return null;
    if (isOwn.call(words().whole, plain)) return words().whole[plain];
    return firstThatFits(words().parts, plain, near);
  }

  // ---- what is ours or a person's is never touched --------------------------------------------------
  // a choice is the page's own word, but for those that Streamlit adds to a list, or says of an empty one
  const CHOICE = "[role=option][data-key]:not([data-key^='__'])";
  const SHOWN = "[data-testid=stMarkdownContainer],[data-testid=stText],[data-testid=stHtml],[data-testid=stTable]";
  const WRITTEN = `${SHOWN},${CHOICE},[data-tag],textarea,iframe,script,style`;
  const STREAMLITS = "[role=tooltip],[data-testid=stAlert],[data-testid=stDialog],[data-testid=stFileUploader] button";
  const WHOLE_ALERT = /having trouble loading|attempting to load the|app has encountered an error/;

  /** @param {Element} node */
  function isWritten(node) {
    if (!node.closest(WRITTEN)) return false;
    return !node.closest(STREAMLITS) || !!node.closest("[data-testid=stText],[data-testid=stTable]");
  }

  /**
   * Whether it is the name that the page gave the field.
   * @param {Element} node
   * @param {string} value
   */
  function isLabel(node, value) {
    const field = node.closest("[data-testid=stElementContainer]");
    const label = field && field.querySelector("[data-testid=stWidgetLabel]");
    return !!label && (label.textContent || "").trim() === value.trim();
  }

  // ---- names: Streamlit hands a label's Markdown on as the name, with its marks ---------------------
  const MARKS = /\\([!-/:-@[-`{-~])/g;
  const NAMED_BY_MARKDOWN = "[data-testid=stCheckbox]";

  /**
   * @param {Element} node
   * @param {string} value
   */
  function withoutMarks(node, value) {
    if (node.matches("[role=option],[data-tag]") || value.indexOf("\\") < 0) return value;
    return value.replace(MARKS, "$1");
  }

  // ---- attributes ----------------------------------------------------------------------------------
  const ATTRIBUTES = ["aria-label", "aria-valuetext", "aria-description", "placeholder", "title", "alt", "aria-roledescription"];
  // what we have written ourselves is finished
  /** @type {WeakMap<Element, Record<string, string>>} */
  const writtenIn = new WeakMap();
  /** @type {WeakMap<Text, string>} */
  const writtenAs = new WeakMap();

  /**
   * @param {Element} node
   * @param {string} name
   */
  function isTheirs(node, name) {
    if (!/^aria/.test(name)) return isWritten(node);
    // Markdown can give a picture a text, but nothing a name: those are Streamlit's, or the page's own
    // what is chosen stands in a mark of its own, but the button in it is Streamlit's
    const tag = node.tagName === "BUTTON" ? "" : ",[data-tag]";
    return !!node.closest(`[data-testid=stHtml]${tag},${CHOICE}`);
  }

  /** @param {Element} node */
  function changeAttributes(node) {
    if (node.matches("[role=img][aria-label$=' icon']")) {     // the word stands beside the picture
      node.setAttribute("aria-hidden", "true");
      node.removeAttribute("role");
      node.removeAttribute("aria-label");
      return;
    }
    ATTRIBUTES.forEach((name) => {
      const value = node.getAttribute(name);
      const own = writtenIn.get(node) || {};
      if (!value || own[name] === value) return;
      let said = withoutMarks(node, value);
      if (!isTheirs(node, name) && !node.closest(NAMED_BY_MARKDOWN) && !isLabel(node, said)) {
        const word = translated(said, node);
        if (word !== null) said = word;
      }
      if (said === value) return;
      own[name] = said;
      writtenIn.set(node, own);
      node.setAttribute(name, said);
    });
  }

  // ---- texts -----------------------------------------------------------------------------------------
  /** @param {Text} node */
  function changeText(node) {
    const up = node.parentElement;
    if (!up || !node.data.trim() || isWritten(up) || writtenAs.get(node) === node.data) return;
    if (up.closest("[data-testid=stAlert]") && !WHOLE_ALERT.test(node.data)) return;
    if (/^\w+ icon$/.test(node.data) && up.parentElement && up.parentElement.querySelector("[data-testid=stIconMaterial]")) {
      node.data = "";
      return;
    }
    const field = refusing(up);
    const word = field ? refused(node.data, field) : translated(node.data, up);
    if (word === null) return;
    if (WHOLE_ALERT.test(node.data)) {                        // a whole alert of several parts
      (up.closest("[data-testid=stMarkdownContainer]") || up).textContent = word;
      return;
    }
    writtenAs.set(node, word);
    node.data = word;
  }

  /**
   * The field whose file was not taken.
   * @param {Element} node
   */
  function refusing(node) {
    const field = node.closest("[data-testid=stFileUploader]");
    if (field) return node.closest("[role=alert]") && field;
    const tip = node.closest("[role=tooltip]");
    const chip = tip && document.querySelector(`[aria-describedby~="${tip.id}"] [data-testid=stFileChip]`);
    return chip && chip.closest("[data-testid=stFileUploader]");
  }

  /**
   * Why it was not taken, and what to do.
   * @param {string} text
   * @param {Element} field
   */
  function refused(text, field) {
    if (text.trim() === "Error:") return "";                  // said before the reason
    /** @type {HTMLInputElement | null} */
    const input = field.querySelector("input[type=file]");
    const ends = ((input && input.accept) || "").split(",").filter((one) => one.charAt(0) === ".");
    const last = ends.pop() || "";
    const all = ends.length ? words().or.replace("{first}", ends.join(", ")).replace("{last}", last) : last;
    // the last of the reasons fits everything
    return (firstThatFits(words().refused, text.trim(), field) || "").replace("{types}", all);
  }

  /** @param {Node} node */
  function changeOne(node) {
    if (node instanceof Text) changeText(node);
    else if (node instanceof Element) changeAttributes(node);
  }

  /** @param {Node} root */
  function changeAll(root) {
    changeOne(root);
    if (!(root instanceof Element)) return;
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) changeOne(node);
  }

  elements.whenChanged(ATTRIBUTES, (changes) => changes.forEach((change) => {
    if (change.type === "childList") change.addedNodes.forEach(changeAll);
    else changeOne(change.target);
  }), {characterData: true});
})();
