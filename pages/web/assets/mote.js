// Meeting mode: one step at a time, by keys, buttons or the list. Fetches nothing but to save a note.
(() => {
  "use strict";
  document.documentElement.classList.add("js");

  const start = () => {
    const body = document.body;
    const steps = [...document.querySelectorAll(".steg")];
    const links = [...document.querySelectorAll("nav a")];
    const back = document.querySelector(".bak");
    const on = document.querySelector(".fram");
    const title = document.title;
    let now = 0;

    const bounded = (n) => Math.min(Math.max(n, 1), steps.length);

    const show = (n, moved) => {
      now = bounded(n);
      steps.forEach((step, i) => step.classList.toggle("nu", i + 1 === now));
      links.forEach((link, i) =>
        i + 1 === now ? link.setAttribute("aria-current", "step") : link.removeAttribute("aria-current"));
      back.disabled = now === 1;
      on.disabled = now === steps.length;
      document.querySelector(".nu-steg").textContent = String(now);
      document.title = `${now}. ${title}`;
      const address = new URL(location.href);
      address.searchParams.set("steg", String(now));
      address.hash = "";
      history.replaceState(null, "", address);
      if (moved) {
        window.scrollTo(0, 0);
        steps[now - 1].querySelector("h2").focus({ preventScroll: true });
      }
      measure();
      reach();
    };

    // what rolls must be possible to reach by key, and what does not is no stop
    const rolls = (one) => one.scrollHeight > one.clientHeight + 2 && getComputedStyle(one).overflowY === "auto";
    const reach = () => steps[now - 1].querySelectorAll(".innehall, .citat, .bredvid").forEach((one) =>
      rolls(one) ? one.setAttribute("tabindex", "0") : one.removeAttribute("tabindex"));

    // what rolls in the step: the part under the focus, else the first one that can
    const roller = () => {
      const step = steps[now - 1];
      const parts = [...step.querySelectorAll(".innehall, .tva > *, .bredvid")];
      const can = parts.filter(rolls);
      return can.find((one) => one.contains(document.activeElement)) || can[can.length - 1] || null;
    };

    const roll = (part) => {
      const one = roller();
      if (!one) return false;
      one.scrollTop += part * one.clientHeight * 0.4;
      return true;
    };

    const keys = {
      ArrowRight: () => show(now + 1, true),
      ArrowLeft: () => show(now - 1, true),
      PageDown: () => show(now + 1, true),
      PageUp: () => show(now - 1, true),
      Home: () => show(1, true),
      End: () => show(steps.length, true),
      ArrowDown: () => roll(1),
      ArrowUp: () => roll(-1),
      n: () => withN && toggleNotes(),
      N: () => withN && toggleNotes(),
    };

    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Escape") return closeTimes();
      if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
      const act = keys[event.key];
      if (act && act() !== false) event.preventDefault();
    });

    const times = document.querySelector(".lage");
    const closeTimes = () => {
      if (!times.open) return;
      times.open = false;
      times.querySelector("summary").focus();
    };
    document.addEventListener("click", (event) => {
      if (times.open && !times.contains(event.target)) times.open = false;
    });

    back.addEventListener("click", () => show(now - 1, true));
    on.addEventListener("click", () => show(now + 1, true));
    links.forEach((link, i) => link.addEventListener("click", (event) => {
      event.preventDefault();
      show(i + 1, true);
    }));
    // a theme in the list leads to its quotes, with no change of address
    document.querySelectorAll('.teman a[href^="#"]').forEach((link) => link.addEventListener("click", (event) => {
      event.preventDefault();
      const there = document.getElementById(link.getAttribute("href").slice(1));
      there.scrollIntoView({ block: "start" });
    }));

    /* the map of a step, if it has one */
    const measure = (step = steps[now - 1]) => {
      const map = step.querySelector(".omraden");
      if (!map || !map.clientWidth) return;
      const [, , wide, high] = map.getAttribute("viewBox").split(" ").map(Number);
      const scale = Math.max(wide / map.clientWidth, high / map.clientHeight);
      map.querySelectorAll(".nummer").forEach((one) => {
        one.setAttribute("transform", `translate(${one.dataset.plats}) scale(${scale.toFixed(3)})`);
      });
      // a number or name on top of another helps nobody; the table has them all
      const edge = map.getBoundingClientRect();
      const taken = [map.parentElement.querySelector("label").getBoundingClientRect()];
      const isFree = (part) => {
        const box = part.getBoundingClientRect();
        if (!box.width) return true;
        // nor does one that is cut at the edge
        if (box.left < edge.left || box.right > edge.right) return false;
        const hit = taken.some((one) => one.left < box.right && box.left < one.right && one.top < box.bottom && box.top < one.bottom);
        if (!hit) taken.push(box);
        return !hit;
      };
      map.querySelectorAll(".nummer, .nummer .namn").forEach((one) => one.classList.remove("undan"));
      map.querySelectorAll(".nummer").forEach((one) => {
        const circle = one.querySelector("circle");
        one.classList.toggle("undan", circle !== null && !isFree(circle));
      });
      map.querySelectorAll(".nummer:not(.undan) .namn").forEach((one) => one.classList.toggle("undan", !isFree(one)));
      map.querySelectorAll("pattern").forEach((one) => one.setAttribute("patternTransform", `scale(${scale.toFixed(3)})`));
    };
    document.querySelectorAll(".karta").forEach((part) => {
      const map = part.querySelector(".omraden");
      const choice = part.querySelector(".narmare");
      choice.addEventListener("change", () => {
        const chosen = choice.selectedOptions[0];
        map.setAttribute("viewBox", chosen.dataset.ruta || map.dataset.hela);
        part.querySelector(".sagt").textContent = chosen.dataset.sagt || "";
        measure();
      });
    });
    window.addEventListener("resize", () => { measure(); reach(); });

    /* notes */
    const button = document.querySelector(".anteckna");
    // a key of one letter must be possible to turn off: it is in the way of speech control
    let withN = true;
    const boxes = [...document.querySelectorAll(".med-n")];
    boxes.forEach((box) => box.addEventListener("change", () => {
      withN = box.checked;
      boxes.forEach((other) => { other.checked = withN; });
    }));
    const toggleNotes = () => {
      if (!button) return false;
      const open = body.classList.toggle("med-anteckningar");
      button.setAttribute("aria-expanded", String(open));
      measure();
      reach();
      if (open) steps[now - 1].querySelector("textarea").focus();
      else button.focus();
      return true;
    };
    if (button) button.addEventListener("click", toggleNotes);
    document.querySelectorAll(".anteckning").forEach((form) => {
      const text = form.querySelector("textarea");
      const said = form.querySelector(".besked");
      let saved = text.value;
      text.addEventListener("input", () => { said.textContent = ""; });
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const sent = text.value;
        try {
          const answer = await fetch(form.getAttribute("action"), {
            method: "POST",
            headers: { Accept: "application/json" },
            body: new URLSearchParams(new FormData(form)),
          });
          const found = (answer.headers.get("content-type") || "").includes("json") ? await answer.json() : {};
          if (answer.status === 409) {
            // the next press is an informed one: the other's words stand here to be read
            form.elements.version.value = String(found.version);
            said.textContent = `${form.dataset.annan}\n${found.text}`;
          } else if (answer.ok && found.version) {
            form.elements.version.value = String(found.version);
            saved = sent;
            said.textContent = form.dataset.sparat;
          } else said.textContent = found.said || form.dataset.fel;
        } catch {
          said.textContent = form.dataset.fel;
        }
      });
      window.addEventListener("beforeunload", (event) => {
        if (text.value !== saved) event.preventDefault();
      });
    });

    // each map is measured once, so that one that has not been shown is right on paper
    steps.forEach((step) => {
      step.classList.add("nu");
      measure(step);
      step.classList.remove("nu");
    });
    show(Number(body.dataset.steg) || 1, false);
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
