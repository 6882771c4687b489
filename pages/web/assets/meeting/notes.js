/* The presenter's notes: opened by a button or the key N, saved without leaving the step. */
const meetingNotes = (() => {
  "use strict";
  // a key of one letter must be possible to turn off: it is in the way of speech control
  let isKeyOn = true;

  function followTheChoiceOfKey() {
    /** @type {NodeListOf<HTMLInputElement>} */
    const boxes = document.querySelectorAll(".med-n");
    boxes.forEach((box) => box.addEventListener("change", () => {
      isKeyOn = box.checked;
      boxes.forEach((other) => { other.checked = isKeyOn; });
    }));
  }

  /**
   * Send a note, and tell what came of it.
   * @param {HTMLFormElement} form
   */
  async function send(form) {
    const answer = await fetch(form.getAttribute("action") || "", {
      method: "POST",
      headers: {Accept: "application/json"},
      // @ts-expect-error: the form holds texts only, no files
      body: new URLSearchParams(new FormData(form)),
    });
    const isJson = (answer.headers.get("content-type") || "").includes("json");
    /** @type {{version?: number, text?: string, said?: string}} */
    const found = isJson ? await answer.json() : {};
    return {answer, found};
  }

  /** @param {HTMLFormElement} form */
  function followForm(form) {
    const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
    const line = /** @type {HTMLElement} */ (form.querySelector(".besked"));
    const version = /** @type {HTMLInputElement} */ (form.elements.namedItem("version"));
    const words = form.dataset;
    let saved = field.value;

    async function save() {
      const sent = field.value;
      try {
        const {answer, found} = await send(form);
        if (answer.status === 409) {
          // the next press is an informed one: the other's words stand here to be read
          version.value = String(found.version);
          line.textContent = `${words.annan}\n${found.text}`;
        } else if (answer.ok && found.version) {
          version.value = String(found.version);
          saved = sent;
          line.textContent = words.sparat || "";
        } else line.textContent = found.said || words.fel || "";
      } catch {
        line.textContent = words.fel || "";
      }
    }

    field.addEventListener("input", () => { line.textContent = ""; });
    form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
    addEventListener("beforeunload", (event) => { if (field.value !== saved) event.preventDefault(); });
  }

  /**
   * Give what the key N does: false where it does nothing.
   * @param {() => HTMLElement} stepNow
   * @param {() => void} measure
   */
  function start(stepNow, measure) {
    /** @type {HTMLButtonElement | null} */
    const button = document.querySelector("button.anteckna");
    function toggle() {
      if (!button) return false;
      const isOpen = document.body.classList.toggle("med-anteckningar");
      button.setAttribute("aria-expanded", String(isOpen));
      measure();
      const field = stepNow().querySelector("textarea");
      if (isOpen && field) field.focus();
      else button.focus();
      return true;
    }
    if (button) button.addEventListener("click", toggle);
    followTheChoiceOfKey();
    /** @type {NodeListOf<HTMLFormElement>} */
    const forms = document.querySelectorAll(".anteckning");
    forms.forEach(followForm);
    return () => isKeyOn && toggle();
  }

  return {start};
})();
