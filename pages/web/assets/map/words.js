/* What the maps say by themselves, in the reader's language. Nothing else in these files is a text. */
const mapWords = (() => {
  "use strict";
  const WORDS = {
    sv: {in: "Zooma in", out: "Zooma ut", north: "Norr är uppåt", fingers: "Flytta kartan med två fingrar",
      failed: "Ett av kartans lager kunde inte hämtas. Allt annat på sidan fungerar.", sources: "© OpenStreetMap m.fl."},
    en: {in: "Zoom in", out: "Zoom out", north: "North is up", fingers: "Use two fingers to move the map",
      failed: "One of the map layers could not be loaded. The rest of the page works.", sources: "© OpenStreetMap and others"},
  };
  /** @type {"sv" | "en"} */
  let language = "sv";

  /**
   * Swedish where the language is none of ours.
   * @param {string} wanted
   */
  function speak(wanted) { language = wanted === "en" ? "en" : "sv"; }
  function spoken() { return language; }
  function locale() { return language === "en" ? "en-GB" : "sv-SE"; }

  /** @param {keyof typeof WORDS.sv} name */
  function say(name) { return WORDS[language][name]; }

  return {speak, spoken, locale, say};
})();
