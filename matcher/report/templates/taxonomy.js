"use strict";
(() => {
  const MOST = 12;
  const input = document.getElementById("query");
  const list = document.getElementById("hits");
  const said = document.getElementById("said");
  const entries = [...document.querySelectorAll("details")];
  const known = JSON.parse(document.getElementById("words").textContent);
  let index = null;
  let active = -1;

  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const words = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  // The same word in another form, roughly: both sides are cut alike.
  const stem = (word) => (word.length > 4 ? word.replace(/(ations?|ings?|ions?|ers?|ed|ies|es|s|e|y)$/, "") : word.replace(/s$/, ""));

  function build() {
    const owners = new Map();
    const things = entries.map((entry, number) => {
      const text = (part) => (entry.querySelector(`:scope > ${part}`) || { textContent: "" }).textContent;
      const label = text("summary b");
      const shown = [...entry.querySelectorAll(":scope > div .forms li")].map((item) => item.textContent);
      const hidden = (entry.dataset.hidden || "").split("|").filter(Boolean);
      const forms = [label, ...shown, ...hidden].map((form) => ({ form, folded: fold(form), stems: words(form).map(stem) }));
      const weights = new Map();
      const add = (stems, weight) => stems.forEach((one) => weights.set(one, Math.max(weight, weights.get(one) || 0)));
      add(words(text("div .definition")).map(stem), 0.5);
      forms.forEach((form, rank) => add(form.stems, rank ? 0.9 : 1));
      weights.forEach((_, one) => owners.set(one, (owners.get(one) || 0) + 1));
      const above = entry.parentElement.closest("details");
      return { entry, number, label, forms, shown: shown.length + 1, weights, above: above ? above.querySelector("b").textContent : "" };
    });
    const alike = new Map();
    known.alike.forEach((group) => {
      const stems = group.map(stem);
      stems.forEach((one) => alike.set(one, [...(alike.get(one) || []), ...stems]));
    });
    return { things, owners, alike, quiet: new Set(known.quiet.map(stem)), all: [...owners.keys()] };
  }

  function trigrams(text) {
    const padded = `  ${text} `;
    return new Set([...padded.slice(2)].map((_, place) => padded.slice(place, place + 3)));
  }

  function likest(word) {
    const mine = trigrams(word);
    const scored = index.all.map((one) => {
      const theirs = trigrams(one);
      const shared = [...mine].filter((part) => theirs.has(part)).length;
      return [one, (2 * shared) / (mine.size + theirs.size)];
    });
    return scored.filter(([, share]) => share >= 0.5).sort((a, b) => b[1] - a[1]).slice(0, 4);
  }

  function meant(word) {
    const one = stem(word);
    const found = new Map((index.alike.get(one) || []).map((other) => [other, 0.75]));
    if (index.owners.has(one)) found.set(one, 1);
    if (word.length > 1) index.all.forEach((other) => { if (other.startsWith(word) && !found.has(other)) found.set(other, 0.7); });
    return found.size || word.length < 4 ? found : new Map(likest(one));
  }

  function search(text) {
    index = index || build();
    const folded = fold(text).trim();
    const typed = words(text);
    const loud = typed.filter((word) => !index.quiet.has(stem(word)));
    const wanted = (loud.length ? loud : typed).map((word) => {
      const count = index.owners.get(stem(word)) || 1;
      return { may: meant(word), worth: Math.log(1 + index.things.length / count) };
    });
    const total = wanted.reduce((sum, word) => sum + word.worth, 0);
    if (!total) return [];
    const share = (stems, word) => stems.reduce((best, one) => Math.max(best, word.may.get(one) || 0), 0);
    const hits = index.things.map((thing) => {
      let cover = 0;
      wanted.forEach((word) => {
        let best = 0;
        word.may.forEach((part, one) => { best = Math.max(best, part * (thing.weights.get(one) || 0)); });
        cover += (best * word.worth) / total;
      });
      if (!cover) return { thing, score: 0, by: "" };
      let by = thing.label;
      let likeness = 0;
      thing.forms.forEach((form, rank) => {
        const shared = wanted.reduce((sum, word) => sum + share(form.stems, word), 0);
        let found = shared / (wanted.length + Math.max(0, form.stems.length - shared));
        if (form.folded === folded) found = rank ? 1.9 : 2;
        else if (form.folded.startsWith(folded)) found += rank ? 0.15 : 0.3;
        if (found > likeness) { likeness = found; by = rank < thing.shown ? form.form : thing.label; }
      });
      return { thing, score: 0.5 * cover + 0.5 * likeness, by };
    });
    return hits.filter((hit) => hit.score > 0.25).sort((a, b) => b.score - a.score || a.thing.number - b.thing.number).slice(0, MOST);
  }

  function hide() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(place) {
    const items = [...list.children];
    active = items.length ? (place + items.length) % items.length : -1;
    items.forEach((item, number) => item.setAttribute("aria-selected", String(number === active)));
    if (active < 0) return;
    input.setAttribute("aria-activedescendant", items[active].id);
    items[active].scrollIntoView({ block: "nearest" });
  }

  function show() {
    const hits = search(input.value);
    said.textContent = input.value.trim() ? `${hits.length} found` : "";
    list.replaceChildren(...hits.map((hit, number) => {
      const item = document.createElement("li");
      item.id = `hit-${number}`;
      item.setAttribute("role", "option");
      item.dataset.target = hit.thing.entry.id;
      const label = document.createElement("span");
      label.textContent = hit.thing.label;
      const by = document.createElement("span");
      by.className = "by";
      const parts = [hit.thing.entry.dataset.type, hit.thing.above, hit.by === hit.thing.label ? "" : `“${hit.by}”`];
      by.textContent = parts.filter(Boolean).join(" · ");
      item.append(label, " ", by);
      return item;
    }));
    if (!hits.length) return hide();
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(0);
  }

  function go(id) {
    if (location.hash === `#${id}`) reveal();
    else location.hash = id;
  }

  function reveal() {
    const id = decodeURIComponent(location.hash.slice(1));
    const entry = id && document.getElementById(id);
    if (!entry || !entry.matches("details")) return;
    for (let one = entry; one; one = one.parentElement.closest("details")) one.open = true;
    document.querySelectorAll(".here").forEach((one) => one.classList.remove("here"));
    entry.classList.add("here");
    entry.scrollIntoView({ block: "start" });
    entry.querySelector("summary").focus({ preventScroll: true });
  }

  input.addEventListener("input", show);
  input.addEventListener("focus", () => { if (input.value.trim() && list.children.length) { list.hidden = false; input.setAttribute("aria-expanded", "true"); } });
  input.addEventListener("blur", hide);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) { hide(); event.preventDefault(); }
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { mark(active + (event.key === "ArrowDown" ? 1 : -1)); event.preventDefault(); }
    if (event.key === "Enter" && active >= 0) { const target = list.children[active].dataset.target; hide(); go(target); event.preventDefault(); }
  });
  // The field keeps the focus while a hit is pressed: its blur would take the list away before the click.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) { hide(); go(item.dataset.target); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.matches("input")) { input.focus(); event.preventDefault(); }
  });
  document.getElementById("open-all").addEventListener("click", () => entries.forEach((entry) => { entry.open = true; }));
  document.getElementById("close-all").addEventListener("click", () => entries.forEach((entry) => { entry.open = false; }));
  window.addEventListener("hashchange", reveal);
  ["bar", "open-all", "close-all"].forEach((id) => { document.getElementById(id).hidden = false; });
  reveal();
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) { input.value = asked; input.focus(); show(); }
})();
