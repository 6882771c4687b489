/* How a feature of a layer looks: colours, classes, patterns and shapes. Constants of the server,
   numbers and codes in; nothing that anybody wrote. */
var utseende = (function () {
  "use strict";
  var EGEN = Object.prototype.hasOwnProperty, SVG = "http://www.w3.org/2000/svg";

  function av(values, key) { return values && EGEN.call(values, key) ? values[key] : undefined; }

  // ---- fills ----------------------------------------------------------------------------------
  var fack;
  function monster(sort, colour, path) {
    var id = sort + "-" + colour.replace(/[^0-9a-zA-Z]/g, "");
    if (!document.getElementById(id)) {
      if (!fack) {
        var svg = document.createElementNS(SVG, "svg");
        svg.setAttribute("width", 0); svg.setAttribute("height", 0); svg.setAttribute("aria-hidden", "true");
        svg.style.position = "absolute";
        fack = svg.appendChild(document.createElementNS(SVG, "defs"));
        document.body.appendChild(svg);
      }
      var p = document.createElementNS(SVG, "pattern"), size = sort === "dots" ? 9 : 8;
      p.id = id;
      p.setAttribute("patternUnits", "userSpaceOnUse");
      p.setAttribute("width", size); p.setAttribute("height", size);
      var ground = p.appendChild(document.createElementNS(SVG, "rect"));
      ground.setAttribute("width", size); ground.setAttribute("height", size); ground.setAttribute("fill", "#ffffff");
      if (path) {
        size = 16;
        [p, ground].forEach(function (one) { one.setAttribute("width", size); one.setAttribute("height", size); });
        ground.setAttribute("fill", colour);
        var drawn = p.appendChild(document.createElementNS(SVG, "path"));
        drawn.setAttribute("d", path[0]); drawn.setAttribute("stroke", path[1]);
        drawn.setAttribute("stroke-width", 1.5); drawn.setAttribute("fill", "none");
      } else if (sort === "dots") {
        var dot = p.appendChild(document.createElementNS(SVG, "circle"));
        dot.setAttribute("cx", 4.5); dot.setAttribute("cy", 4.5); dot.setAttribute("r", 1); dot.setAttribute("fill", colour);
      } else {
        ground.setAttribute("fill-opacity", 0.55);
        p.setAttribute("patternTransform", "rotate(45)");
        var line = p.appendChild(document.createElementNS(SVG, "rect"));
        line.setAttribute("width", 2); line.setAttribute("height", size); line.setAttribute("fill", colour);
      }
      fack.appendChild(p);
    }
    return "url(#" + id + ")";
  }

  function klass(o, value) {
    if (!o.breaks || typeof value !== "number") return undefined;
    var i = 0;
    while (i < o.breaks.length && value > o.breaks[i]) i += 1;
    return o.ramp[i];
  }

  function stil(o, feature) {
    var raw = (feature.properties || {})[o.property], key = raw === null || raw === undefined ? "null" : String(raw);
    var line = av(o.colors, key) || o.color;
    var s = {color: line, weight: o.weight, dashArray: o.dash || null, fill: true, fillOpacity: o.fill_opacity, opacity: 1};
    if (o.kind === "points") { s.color = av(o.colors, key) || "#fff"; s.weight = 1.5; s.fillOpacity = Math.max(0.92, o.fill_opacity); }
    if (o.kind === "line") { s.fillColor = "#fff"; s.fillOpacity = 0; return s; }
    if (o.kind === "hatch" || (o.hatch_values || []).indexOf(key) >= 0) {
      s.fillColor = monster("hatch", line); s.fillOpacity = 1; return s;
    }
    if ((o.dot_values || []).indexOf(key) >= 0) {
      s.fillColor = monster("dots", "#8A8378"); s.fillOpacity = 0.9; s.dashArray = "1 4"; s.weight = Math.max(2, o.weight); return s;
    }
    s.fillColor = av(o.fills, key) || klass(o, raw) || o.fill;
    if (av(o.patterns, s.fillColor)) s.fillColor = monster("lines", s.fillColor, o.patterns[s.fillColor]);
    if (!s.fillColor) { s.fillColor = "#fff"; s.fillOpacity = 0; }   // hollow, but hover and click work inside
    return s;
  }

  // ---- shapes of points -----------------------------------------------------------------------
  var Form = L.CircleMarker.extend({_updatePath: function () {
    var form = this.options.form, c = this._point, r = this._radius;
    if (!form || form === "circle" || this._empty()) { L.CircleMarker.prototype._updatePath.call(this); return; }
    var h = form === "square" ? [[-.9, -.9], [.9, -.9], [.9, .9], [-.9, .9]]
      : form === "triangle" ? [[0, -1.2], [1.1, .9], [-1.1, .9]] : [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]];
    this._renderer._setPath(this, "M" + h.map(function (p) { return (c.x + p[0] * r) + " " + (c.y + p[1] * r); }).join("L") + "Z");
  }});

  return {av: av, stil: stil, Form: Form};
})();
