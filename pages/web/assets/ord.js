/* Streamlit's own words in Swedish, wherever it writes them. What people and pages wrote stays. */
(function () {
  "use strict";
  var ORD = {
    "Skip to main content": "Hoppa till innehållet", "App pages": "Sidor", "Main menu": "Meny",
    "Press Enter to apply": "Tryck Enter för att använda", "Press Ctrl+Enter to apply": "", "Press ⌘+Enter to apply": "", "Press Enter to submit form": "Tryck Enter för att skicka",
    "Press Ctrl+Enter to submit form": "Tryck Ctrl+Enter för att skicka", "Press ⌘+Enter to submit form": "Tryck ⌘+Enter för att skicka",
    "Choose an option": "Välj", "Choose options": "Välj en eller flera", "Choose or add an option": "Välj eller skriv",
    "No results": "Inga träffar", "No options to select": "Inget att välja", "Clear value": "Töm", "Clear all": "Töm allt",
    "Select all": "Välj alla", "Clear selection": "Ta bort valet", "Open": "Öppna", "Close": "Stäng", "Clear": "Töm",
    "Connecting": "Ansluter", "Connecting...": "Ansluter …", "Connecting to Streamlit server": "Ansluter till tjänsten",
    "Connected": "Ansluten", "Disconnected": "Ingen kontakt", "Error": "Fel", "Reconnecting": "Ansluter igen",
    "Connection error": "Ingen kontakt med tjänsten", "Connection timed out.": "Tjänsten svarar inte.",
    "Running...": "Hämtar …", "Running": "Hämtar", "Please wait...": "Vänta …", "Loading...": "Hämtar …", "Stop": "Stoppa",
    "Page not found": "Sidan finns inte", "Bad message format": "Något gick fel", "Dismiss": "Stäng",
    "This field is required.": "Fyll i det här fältet.", "(required)": "(måste fyllas i)", "Required": "Måste fyllas i",
    "Show password": "Visa lösenordet", "Hide password": "Dölj lösenordet", "Show password text": "Visa lösenordet",
    "Fullscreen": "Helskärm", "Close fullscreen": "Stäng helskärm", "Exit fullscreen": "Stäng helskärm", "View fullscreen": "Visa i helskärm",
    "Copy to clipboard": "Kopiera", "Copied": "Kopierat", "Copy": "Kopiera", "Link to heading": "Länk till rubriken",
    "Open sidebar": "Öppna sidofältet", "Close sidebar": "Stäng sidofältet", "Upload": "Ladda upp", "Browse files": "Välj fil", "Add files": "Välj en annan fil", "file upload": "Välj fil",
    "Drag and drop file here": "Dra en fil hit", "Drag and drop files here": "Dra filer hit",
    "Help": "Hjälp", "Print": "Skriv ut", "Settings": "Inställningar", "Search": "Sök", "Increment": "Öka", "Decrement": "Minska"
  };
  var DELAR = [
    [/^Your app is having trouble loading the[\s\S]*$/, "Kartan kunde inte visas. Du kan göra allt på sidan utan den."],
    [/^The app is attempting to load the[\s\S]*$/, "Kartan hämtas …"],
    [/^The page that you have requested does not seem to exist[\s\S]*$/, "Sidan finns inte. Här är första sidan."],
    [/^You have requested page[\s\S]*$/, "Sidan finns inte. Här är första sidan."],
    [/^Is Streamlit still running\?[\s\S]*$/, "Tjänsten svarar inte. Din text finns kvar. Försök igen om en stund."],
    [/^Streamlit server is not responding[\s\S]*$/, "Tjänsten svarar inte. Det du har skrivit finns kvar på sidan. Vänta en stund."],
    [/^This app has encountered an error[\s\S]*$/, "Något gick fel hos oss. Ladda om sidan och försök igen."],
    [/^Remove (.+)$/, "Ta bort $1"], [/^View (\d+) more$/, "Visa $1 till"], [/^View less$/, "Visa färre"],
    [/^Clear (.+)$/, "Töm $1"], [/^Link to heading:? ?(.*)$/, "Länk till rubriken $1"],
    [/^(\d+)\/(\d+) characters$/, "$1 av $2 tecken"], [/^Selected (.+?)\. (.+)$/, "Valt: $1. $2"],
    [/^(?:Limit )?(\d+)\s?MB per file(?: • (.+))?$/, "Högst $1 MB. $2"], [/^Remove file$/, "Ta bort filen"], [/^(\d+(?:\.\d+)?)(KB|MB|B)$/, "$1 $2"],
    [/^Help for (.+)$/, "Hjälp om $1"], [/^Shortcut (.+)$/, "Kortkommando $1"], [/^Press Enter to add$/, "Tryck Enter för att lägga till"],
    [/^Press (Ctrl|⌘)\+Enter to .+$/, ""]
  ];
  var HELA = /having trouble loading|attempting to load the|app has encountered an error/;
  var EGEN = Object.prototype.hasOwnProperty;
  // texts that people or pages wrote are never touched
  var ORORDA = "[data-testid=stText],[data-testid=stMarkdownContainer],textarea,[data-testid=stTable],iframe,script,style";
  function svensk() { return document.documentElement.lang !== "en"; }
  function pa_svenska(text) {
    var plain = text.trim();
    if (plain.length < 3 || plain.length > 900) return null;
    if (EGEN.call(ORD, plain)) return ORD[plain];
    for (var i = 0; i < DELAR.length; i += 1) if (DELAR[i][0].test(plain)) return plain.replace(DELAR[i][0], DELAR[i][1]);
    return null;
  }
  var EGENSKAPER = ["aria-label", "placeholder", "title", "aria-roledescription"];
  function byt_egenskaper(node) {
    EGENSKAPER.forEach(function (name) {
      var value = node.getAttribute(name), new_value = value && pa_svenska(value);
      if (new_value && new_value !== value) node.setAttribute(name, new_value);
    });
  }
  function byt_text(node) {
    var up = node.parentElement;
    if (!up || (up.closest(ORORDA) && !up.closest("[data-testid=stAlert],[data-testid=stDialog],[data-testid=stFileUploader]"))) return;
    if (up.closest("[data-testid=stAlert]") && !HELA.test(node.data)) return;
    var word = pa_svenska(node.data);
    if (word === null) return;
    if (HELA.test(node.data)) {                              // a whole alert of several parts
      var box = up.closest("[data-testid=stMarkdownContainer]") || up;
      box.textContent = word; return;
    }
    node.data = word;
  }
  function byt(root) {
    if (root.nodeType === 3) { byt_text(root); return; }
    if (root.nodeType !== 1) return;
    byt_egenskaper(root);
    var walk = document.createTreeWalker(root, 5), n;
    while ((n = walk.nextNode())) if (n.nodeType === 3) byt_text(n); else byt_egenskaper(n);
  }

  function borja() {
    new MutationObserver(function (changes) {
      if (!svensk()) return;
      changes.forEach(function (c) {
        if (c.type === "characterData") byt_text(c.target);
        else if (c.type === "attributes") byt_egenskaper(c.target);
        else c.addedNodes.forEach(byt);
      });
    }).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: EGENSKAPER});
  }
  if (document.body) borja(); else addEventListener("DOMContentLoaded", borja);
})();
