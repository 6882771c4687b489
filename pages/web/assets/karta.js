/* The maps: layers that are fetched, the frame round them, and the way back to the page.
   Every word from data goes in by textContent; colours and headings are constants of the server. */
var karta = (function () {
  "use strict";
  var ORD = {
    sv: {in: "Zooma in", ut: "Zooma ut", norr: "Norr är uppåt", fingrar: "Flytta kartan med två fingrar",
         fel: "Ett av kartans lager kunde inte hämtas. Allt annat på sidan fungerar.", kallor: "© OpenStreetMap m.fl."},
    en: {in: "Zoom in", ut: "Zoom out", norr: "North is up", fingrar: "Use two fingers to move the map",
         fel: "One of the map layers could not be loaded. The rest of the page works.", kallor: "© OpenStreetMap and others"}
  };
  var EGEN = Object.prototype.hasOwnProperty, SVG = "http://www.w3.org/2000/svg";
  var hamtat = {}, vantar = 0;
  var grov = matchMedia("(pointer: coarse)").matches;
  var language = "sv";

  function ord(name) { return (ORD[language] || ORD.sv)[name]; }
  var av = utseende.av;

  // ---- points ---------------------------------------------------------------------------------
  function textruta(o, feature, ll) {
    var el = document.createElement("span"), p = feature.properties || {};
    el.textContent = String(p[o.label] || "");
    el.className = "ortnamn ortnamn-" + String(p.sort || p.kind || "").replace(/[^a-z_]/g, "");
    return L.marker(ll, {interactive: false, keyboard: false, pane: o.pane || "namn",
      minzoom: Number(p.min_zoom || p.minzoom || 0), maxzoom: Number(p.max_zoom || p.maxzoom || 30), icon: L.divIcon({className: "ortnamn-plats", html: el, iconSize: null})});
  }

  function efterZoom(map, layer) {
    var all = layer.getLayers().slice(), z;
    function pick() {
      if (map.getZoom() === z) return;
      z = map.getZoom();
      all.forEach(function (m) {
        var show = z >= m.options.minzoom && z <= (m.options.maxzoom || 30);
        if (show && !layer.hasLayer(m)) layer.addLayer(m);
        if (!show && layer.hasLayer(m)) layer.removeLayer(m);
      });
    }
    pick();
    map.on("zoomend", pick);
    layer.once("remove", function () { map.off("zoomend", pick); });
  }

  // ---- tooltips and marks -----------------------------------------------------------------------
  function visa_varde(o, value) {
    var word = av(o.words, String(value));
    if (word !== undefined) return word;
    return typeof value === "number" ? value.toLocaleString(language === "en" ? "en-GB" : "sv-SE") : String(value);
  }

  function ruta(o, feature) {
    var box = document.createElement("div"), p = feature.properties || {};
    (o.tooltip || []).forEach(function (t, i) {
      if (p[t[0]] === null || p[t[0]] === undefined || p[t[0]] === "") return;
      var row = box.appendChild(document.createElement("div"));
      if (i === 0) row.className = "forst";
      row.textContent = (t[1] ? t[1] + ": " : "") + visa_varde(o, p[t[0]]);
    });
    return box;
  }

  function nyckel(feature) {
    var p = feature.properties || {}, id = feature.id !== undefined ? feature.id : p.id;
    if (id !== undefined && id !== null) return {id: id};
    return p.code !== undefined && p.code !== null ? {code: p.code} : null;
  }

  function klick(o, feature) {
    var found = o.clickable && nyckel(feature);
    if (found) say("streamlit:setComponentValue", {dataType: "json",
      value: Object.assign({layer: o.name || "", n: Date.now()}, found)});
  }

  function nummer(o, layer, feature) {
    var p = feature.properties || {}, at = p.label_at, el = document.createElement("span");
    if (p[o.label] === null || p[o.label] === undefined) return null;
    var ll = Array.isArray(at) ? L.latLng(at[1], at[0]) : layer.getBounds().getCenter();
    var s = utseende.stil(o, feature);
    el.className = "nummer"; el.textContent = String(p[o.label]);
    el.style.borderColor = s.color; el.style.color = s.color;
    var mark = L.marker(ll, {pane: "nummer", keyboard: !!o.clickable, interactive: !!o.clickable, bubblingMouseEvents: false,
      icon: L.divIcon({className: "nummer-plats", html: el, iconSize: [44, 44]})});
    mark.feature = feature;
    mark.on("add", function () {
      var node = mark.getElement();
      if (!o.clickable) { node.setAttribute("aria-hidden", "true"); return; }
      node.setAttribute("aria-label", String(p[o.label]) + ". " + String(p.title || p.name || ""));
    });
    return mark;
  }

  // ---- one layer --------------------------------------------------------------------------------
  function hamta(o) {
    if (o.data) return Promise.resolve(o.data);
    if (hamtat[o.url]) return hamtat[o.url];
    hamtat[o.url] = fetch(o.url, {credentials: "same-origin"}).then(function (r) {
      if (!r.ok) throw new Error(String(r.status));
      return r.json();
    });
    hamtat[o.url].catch(function () { delete hamtat[o.url]; });
    return hamtat[o.url];
  }

  function lager(o) {
    var pane = o.pane || {fill: "ytor", hatch: "ytor", line: "linjer", points: "punkter", labels: "namn"}[o.kind];
    var layer = L.geoJSON(null, {
      interactive: o.interactive !== false, pane: pane,
      filter: function (f) { return !o.only || o.only[1].indexOf(String((f.properties || {})[o.only[0]])) >= 0; },
      style: function (f) { return utseende.stil(o, f); },
      pointToLayer: function (f, ll) {
        if (o.kind === "labels") return textruta(o, f, ll);
        var raw = (f.properties || {})[o.property];
        return new utseende.Form(ll, {radius: o.radius, pane: pane, form: av(o.shapes, String(raw))});
      }
    });
    var marks = o.label && o.kind !== "labels" ? L.layerGroup() : null;
    if (o.tooltip) layer.bindTooltip(function (l) { return ruta(o, l.feature); }, {sticky: !grov, className: "ruta"});
    if (o.clickable) layer.on("click", function (e) { klick(o, (e.layer || e.propagatedFrom).feature); });

    function fyll(data) {
      var map = layer._map;
      if (!map) return;                                       // taken away while it was fetched: filled next time
      o.fylld = true;
      layer.clearLayers(); layer.addData(data);
      if (o.kind === "labels") efterZoom(map, layer);
      if (marks) {
        marks.clearLayers();
        layer.getLayers().forEach(function (one) {
          var mark = nummer(o, one, one.feature);
          if (!mark) return;
          if (o.clickable) mark.on("click keypress", function (e) {
            if (e.type === "click" || e.originalEvent.key === "Enter" || e.originalEvent.key === " ") klick(o, one.feature);
          });
          if (o.tooltip) mark.bindTooltip(function () { return ruta(o, one.feature); }, {className: "ruta"});
          marks.addLayer(mark);
        });
        marks.addTo(map);
      }
      layer.eachLayer(function (one) {                       // shapes are not tab stops: numbers and tables are
        var node = one.getElement && one.getElement();
        if (node && o.kind !== "labels") node.setAttribute("aria-hidden", "true");
      });
    }
    layer.on("add", function () {
      if (o.fylld) { if (marks) marks.addTo(layer._map); return; }
      vantar += 1; rakna();
      hamta(o).then(function (data) { fyll(data); layer.fire("klar"); })
        .catch(function (e) { layer.fire("fel", {orsak: String(e)}); meddela(ord("fel"), 8000); })
        .then(function () { vantar -= 1; rakna(); });
    });
    layer.on("remove", function () { if (marks) marks.remove(); });
    return layer;
  }

  function rakna() { document.body.setAttribute("data-hamtar", String(vantar)); }

  // ---- the pin ----------------------------------------------------------------------------------
  function nal(at, title) {
    var svg = document.createElementNS(SVG, "svg"), box = document.createElement("span");
    svg.setAttribute("viewBox", "0 0 32 44"); svg.setAttribute("width", 32); svg.setAttribute("height", 44); svg.setAttribute("aria-hidden", "true");
    var drop = svg.appendChild(document.createElementNS(SVG, "path"));
    drop.setAttribute("d", "M16 43C16 43 30 26 30 15.500A14 14 0 1 0 2 15.500C2 26 16 43 16 43Z");
    drop.setAttribute("fill", "#9A3B00"); drop.setAttribute("stroke", "#fff"); drop.setAttribute("stroke-width", "2.5");
    var eye = svg.appendChild(document.createElementNS(SVG, "circle"));
    eye.setAttribute("cx", 16); eye.setAttribute("cy", 15.5); eye.setAttribute("r", 5.5); eye.setAttribute("fill", "#fff");
    box.appendChild(svg);
    var mark = L.marker(at, {keyboard: false, interactive: false, pane: "nummer", title: title,
      icon: L.divIcon({className: "nal", html: box, iconSize: [32, 44], iconAnchor: [16, 43]})});
    mark.on("add", function () {
      var node = mark.getElement();
      node.setAttribute("role", "img"); node.setAttribute("aria-label", title);
    });
    return mark;
  }

  // ---- names of places make room for the numbers ---------------------------------------------------
  var LUFT = 2;
  function krockar(a, b) { return a.left < b.right + LUFT && a.right > b.left - LUFT && a.top < b.bottom + LUFT && a.bottom > b.top - LUFT; }
  function ge_plats(map) {
    var numbers = Array.prototype.map.call(map.getContainer().querySelectorAll(".nummer, .nal svg"), function (n) { return n.getBoundingClientRect(); });
    map.getContainer().querySelectorAll(".ortnamn").forEach(function (name) {
      name.style.marginTop = ""; name.style.visibility = "";
      var box = name.getBoundingClientRect(), under = numbers.filter(function (n) { return krockar(box, n); });
      if (!under.length) return;
      var down = Math.max.apply(null, under.map(function (n) { return n.bottom; })) + LUFT + 1 - box.top;
      var moved = {left: box.left, right: box.right, top: box.top + down, bottom: box.bottom + down};
      if (numbers.some(function (n) { return krockar(moved, n); })) { name.style.visibility = "hidden"; return; }
      name.style.marginTop = down + "px";
    });
  }
  function hall_isar(map) {                                   // once a frame at most, also when many layers arrive
    var asked = false;
    function snart() {
      if (asked) return;
      asked = true;
      requestAnimationFrame(function () { asked = false; ge_plats(map); });
    }
    map.on("zoomend viewreset layeradd layerremove resize", snart);
  }

  // ---- the frame round the map ------------------------------------------------------------------
  var besked, besked_slut;
  function meddela(text, ms) {
    if (!besked) {
      besked = document.createElement("div");
      besked.className = "besked"; besked.setAttribute("role", "status");
      document.body.appendChild(besked);
    }
    besked.textContent = text; besked.hidden = false;
    clearTimeout(besked_slut);
    besked_slut = setTimeout(function () { besked.hidden = true; }, ms);
  }

  function knappar(map) {
    if (map.dkZoom) map.removeControl(map.dkZoom);
    map.dkZoom = L.control.zoom({position: "topleft", zoomInTitle: ord("in"), zoomOutTitle: ord("ut"),
      zoomInText: "+", zoomOutText: "−"}).addTo(map);
  }

  function norr(map) {
    var N = L.Control.extend({onAdd: function () {
      var el = L.DomUtil.create("div", "norr");
      el.setAttribute("role", "img");
      el.textContent = "N";
      map.dkNorr = el;
      return el;
    }});
    new N({position: "bottomleft"}).addTo(map);
  }

  function kallor(map) {                                      // one line; the rest unfolds where it is narrow
    var K = L.Control.extend({onAdd: function () {
      var box = L.DomUtil.create("details", "kallor"), head = box.appendChild(document.createElement("summary"));
      var rest = box.appendChild(document.createElement("div"));
      map.dkKallor = head; map.dkHela = rest; box.open = innerWidth >= 640;
      L.DomEvent.disableClickPropagation(box);
      return box;
    }});
    new K({position: "bottomright"}).addTo(map);
  }

  function ram(map, o) {
    [["bas", 150], ["granser", 340], ["ytor", 400], ["linjer", 420], ["punkter", 450], ["namn", 590], ["nummer", 610]].forEach(function (p) {
      if (!map.getPane(p[0])) map.createPane(p[0]).style.zIndex = p[1];
    });
    map.getPane("bas").style.pointerEvents = "none";
    map.getPane("namn").style.pointerEvents = "none";
    var b = o.limit;
    map.setMaxBounds(L.latLngBounds([b[1], b[0]], [b[3], b[2]]).pad(0.25));
    map.options.maxBoundsViscosity = 0.7;
    map.attributionControl.remove();
    kallor(map); map.dkTack = o.credit;
    L.control.scale({imperial: false, maxWidth: 120, position: "bottomleft"}).addTo(map);
    norr(map);
    map.scrollWheelZoom.disable();
    map.on("focus", function () { map.scrollWheelZoom.enable(); }).on("blur", function () { map.scrollWheelZoom.disable(); });
    map.getContainer().addEventListener("keydown", function (e) {
      if (e.key === "Escape") map.eachLayer(function (l) { if (l.closeTooltip) l.closeTooltip(); });
    });
    o.base.forEach(function (spec) { lager(spec).addTo(map); });
    if (o.tiles) {
      var rutor = L.tileLayer(o.tiles, {minZoom: 10, maxZoom: 18, className: "gator", keepBuffer: 1, updateWhenZooming: false});
      rutor.once("tileload", function () { map.getContainer().classList.add("med-gator"); });
      rutor.addTo(map);
    }
    map.getContainer().setAttribute("role", "application");
    hall_isar(map);
  }

  function sprak(map, lang, name) {
    language = EGEN.call(ORD, lang) ? lang : "sv";
    document.documentElement.lang = language;
    if (name) { document.title = name; map.getContainer().setAttribute("aria-label", name); }
    map.dkNorr.setAttribute("aria-label", ord("norr"));
    map.dkKallor.textContent = ord("kallor");
    map.dkHela.textContent = "Leaflet · " + (map.dkTack[language] || map.dkTack.sv);
    knappar(map);
  }

  function vidga(map, limit, b) {                             // what lies far off is shown where it lies
    var own = L.latLngBounds([limit[1], limit[0]], [limit[3], limit[2]]).pad(0.25);
    var away = !own.contains(L.latLngBounds([b[1], b[0]], [b[3], b[2]]));
    if (away === !!map.dkFri) return;
    map.dkFri = away;
    if (away) map.dkMinst = map.getMinZoom();
    map.setMaxBounds(away ? null : own);
    map.setMinZoom(away ? 3 : map.dkMinst);
  }

  function passa(map, b) {
    if (map.getSize().x > 0) map.fitBounds([[b[1], b[0]], [b[3], b[2]]], {animate: false});
  }

  // ---- a map that only shows: filled by the page ------------------------------------------------
  function say(type, more) {
    if (parent !== window) parent.postMessage(Object.assign({isStreamlitMessage: true, type: type}, more), location.origin);
  }

  function tvafinger(map) {
    if (!grov) return;
    map.dragging.disable();                                   // one finger scrolls the page, two move the map
    map.getContainer().addEventListener("touchmove", function (e) {
      if (e.touches.length === 1) meddela(ord("fingrar"), 1500); else if (besked) besked.hidden = true;
    }, {passive: true});
  }

  function visning(map, o) {
    var now = [], view = "", wide = 0, last = o.bounds, markt = "", plats = null;
    ram(map, o); sprak(map, o.lang, document.title); tvafinger(map); passa(map, o.bounds);

    function stall(specs) {
      var next = specs.map(function (spec) {
        var key = JSON.stringify(spec), old = now.filter(function (n) { return n.key === key; })[0];
        return old || {key: key, layer: lager(spec), zooms: spec.zooms};
      });
      now.forEach(function (n) { if (next.indexOf(n) < 0) map.removeLayer(n.layer); });
      now = next;
      synas();
      function upp() { next.forEach(function (n) { if (map.hasLayer(n.layer)) n.layer.bringToFront(); }); }
      next.forEach(function (n) { n.layer.off("klar").on("klar", upp); });
      upp();
    }

    function marke(at) {                                      // a place that the person has searched
      if (JSON.stringify(at) === markt) return;
      markt = JSON.stringify(at);
      if (plats) map.removeLayer(plats);
      plats = at ? nal([at.lat, at.lon], at.name).addTo(map) : null;
    }

    function synas() {                                        // some layers belong to some zoom levels
      var z = Math.floor(map.getZoom());                      // the map also stops half-way between two
      now.forEach(function (n) {
        var show = !n.zooms || (z >= n.zooms[0] && z <= n.zooms[1]);
        if (show && !map.hasLayer(n.layer)) n.layer.addTo(map);
        if (!show && map.hasLayer(n.layer)) map.removeLayer(n.layer);
      });
    }
    map.on("zoomend", synas);

    addEventListener("message", function (e) {
      if (e.source !== parent || !e.data || e.data.type !== "streamlit:render") return;
      var a = e.data.args || {}, height = a.height;
      if (innerWidth < 640) height = Math.min(height, Math.round(screen.height * 0.52));
      say("streamlit:setFrameHeight", {height: height});
      if (a.lang !== language || a.name !== document.title) sprak(map, a.lang, a.name);
      stall(a.layers || []);
      marke(a.mark);
      if (JSON.stringify(a.bounds) !== view) { view = JSON.stringify(a.bounds); last = a.bounds; wide = 0; vidga(map, o.limit, last); }
      setTimeout(matt, 0);
    });
    function matt() {
      map.invalidateSize({pan: false});
      if (!wide && map.getSize().x > 0 && map.getSize().y > 100) { passa(map, last); wide = 1; }
    }
    addEventListener("resize", matt);
    say("streamlit:componentReady", {apiVersion: 1});
  }

  // ---- a map on the page of somebody else: its layers are there from the start --------------------
  function inbaddad(map, o) {
    ram(map, o); sprak(map, o.lang, o.name); tvafinger(map);
    o.layers.forEach(function (spec) { lager(spec).addTo(map); });
    function matt() { map.invalidateSize({pan: false}); passa(map, o.bounds); }
    addEventListener("resize", matt);
    matt();
  }

  // ---- a map that takes a place -----------------------------------------------------------------
  function valj(map, o) {
    ram(map, o); sprak(map, o.lang, document.title); passa(map, o.bounds);
    var n = 0, sikte = L.DomUtil.create("div", "sikte", map.getContainer());
    sikte.setAttribute("aria-hidden", "true");
    var Knapp = L.Control.extend({onAdd: function () {
      var b = L.DomUtil.create("button", "mittknapp");
      b.type = "button"; b.textContent = o.button;
      L.DomEvent.disableClickPropagation(b);
      L.DomEvent.on(b, "click", function () {
        var c = map.getCenter(); n = 1 - n;
        // st_folium's own way back; 0.1 mm apart, so that a second press is sent too
        map.fire("click", {latlng: L.latLng(c.lat + n * 1e-9, c.lng)});
      });
      return b;
    }});
    new Knapp({position: "topright"}).addTo(map);
    addEventListener("resize", function () { map.invalidateSize({pan: false}); });
  }

  return {lager: lager, nal: nal, visning: visning, inbaddad: inbaddad, valj: valj};
})();
