"use strict";
(() => {
  const one = (query, root = document) => root.querySelector(query);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const people = all("li.c"), jobs = all("section.job");
  const bar = one("#filters"), query = one("#query"), opening = one("#opening"), said = one("#said");
  const bands = all("input[type=checkbox]", bar);
  const members = new Map(jobs.map((job) => [job, all("li.c", job)]));
  const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

  // ------------------------------------------------------------------------- what stands behind a candidate, made when it is seen

  const unfold = (box) => {
    const raw = one("noscript", box);
    if (!raw) return;
    raw.insertAdjacentHTML("afterend", raw.textContent);
    raw.remove();
    clearTimeout(repainting);
    repainting = setTimeout(paint);
  };
  const show = (person) => {
    unfold(person.firstElementChild);
    person.firstElementChild.open = true;
  };
  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.parentElement.matches("li.c")) unfold(event.target);
  }, true);

  // ---------------------------------------------------------------------------------------------------------- filters

  // The words searched for are painted where they are seen, in browsers that can.
  const found = window.Highlight ? new Highlight() : null;
  if (found) CSS.highlights.set("found", found);
  let words = [], repainting = 0;
  const paint = () => {
    if (!found) return;
    found.clear();
    for (const person of words.length ? visible().slice(0, 200) : []) {
      for (const part of all(".w, .d", person)) {
        const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) mark(walker.currentNode);
      }
    }
  };
  const mark = (node) => {
    const text = node.data.toLowerCase();
    for (const word of text.length === node.data.length ? words : []) {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
        found.add(new StaticRange({ startContainer: node, startOffset: at, endContainer: node, endOffset: at + word.length }));
      }
    }
  };
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const entities = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&#39;": "'", "&#34;": '"' };
  const plain = (markup) => markup.replace(/<[^>]*>/g, " ").replace(/&(amp|lt|gt|#39|#34);/g, (sign) => entities[sign]);
  const index = new Map();
  const textOf = (person) => {
    if (!index.has(person)) {
      const box = person.firstElementChild, raw = one("noscript", box);
      const more = raw ? plain(raw.textContent) : one(".d", box).textContent;
      index.set(person, fold(`${one(".w", box).textContent} ${more} ${one(`#r${person.dataset.r} > p`)?.textContent ?? ""}`));
    }
    return index.get(person);
  };
  // The words to search are gathered while nobody waits.
  const later = window.requestIdleCallback ?? ((call) => setTimeout(() => call({ timeRemaining: () => 10 }), 50));
  let gathered = 0;
  const gather = (idle) => {
    while (gathered < people.length && idle.timeRemaining() > 2) textOf(people[gathered++]);
    if (gathered < people.length) later(gather);
  };
  later(gather);
  const filter = () => {
    words = fold(query.value).split(/\s+/).filter(Boolean);
    const wanted = new Set(bands.filter((box) => box.checked).map((box) => box.value));
    const narrowed = words.length > 0 || wanted.size < bands.length;
    const only = opening?.value ?? "";
    document.body.classList.toggle("one", Boolean(only));
    let shown = 0, sections = 0;
    for (const [job, inside] of members) {
      let here = 0;
      for (const person of inside) {
        const fits = (!only || job.id === only) && wanted.has(person.dataset.b) && words.every((word) => textOf(person).includes(word));
        person.hidden = !fits;
        here += fits;
      }
      job.hidden = only ? job.id !== only : narrowed && !here;
      shown += here;
      sections += here > 0;
    }
    const place = jobs.length > 1 ? ` in ${many(sections, "opening")}` : "";
    paint();
    said.textContent = shown ? `${shown} of ${people.length} shown${place}` : "Nobody fits these filters";
  };
  let waiting = 0;
  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  for (const field of [opening, ...bands]) field?.addEventListener("change", filter);
  const visible = () => people.filter((person) => !person.hidden && !person.closest("section").hidden);
  let run = 0;
  const toggle = (open) => {
    const todo = visible(), mine = ++run;
    const some = () => {
      for (const person of todo.splice(0, 40)) open ? show(person) : (person.firstElementChild.open = false);
      if (todo.length && mine === run) setTimeout(some);
    };
    some();
  };
  one("#open-all").addEventListener("click", () => toggle(true));
  one("#close-all").addEventListener("click", () => toggle(false));
  bar.hidden = false;
  filter();

  // ------------------------------------------------------------------------------------------ evidence in the resume's text

  const spans = (person) => {
    const found = all("a[data-m]", person).map((link) => {
      const [start, end] = link.dataset.m.split("-").map(Number);
      return { start, end, side: link.closest(".k-for") ? "for" : "other" };
    });
    found.sort((a, b) => a.start - b.start || b.end - a.end);
    const merged = [];
    for (const span of found) {
      const last = merged.at(-1);
      if (last && span.start < last.end) {
        last.end = Math.max(last.end, span.end);
        if (span.side === "for") last.side = "for";
      } else merged.push({ ...span });
    }
    return merged;
  };
  const legend = () => [["for", "speaks for"], ["other", "counts in part, or is held against a must"]].flatMap(([side, meaning]) => {
    const sign = document.createElement("mark");
    sign.className = side;
    sign.textContent = meaning;
    return [sign, " "];
  });
  const fill = (box) => {
    const person = box.closest("li.c"), text = one(`#r${person.dataset.r} pre`).textContent;
    const pre = document.createElement("pre");
    pre.dir = "auto";
    let at = 0;
    for (const span of spans(person)) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(span.start, span.end);
      mark.className = span.side;
      mark.dataset.s = span.start;
      mark.tabIndex = -1;
      pre.append(text.slice(at, span.start), mark);
      at = span.end;
    }
    pre.append(text.slice(at));
    one("p", box).replaceChildren(...legend());
    box.append(pre);
    box.dataset.done = "1";
  };
  const ready = (box) => { if (box && !box.dataset.done) fill(box); };
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("details.x") && event.target.open) ready(event.target);
  }, true);
  let last = null;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && last && document.activeElement.matches("mark")) last.focus();
  });
  document.addEventListener("click", (event) => {
    const row = event.target.closest?.("li.c > details > summary"), link = event.target.closest?.("a[data-m]");
    if (row) unfold(row.parentElement);
    if (!link) return;
    const person = link.closest("li.c"), box = one("details.x", person), start = Number(link.dataset.m.split("-")[0]);
    if (!box) return;
    event.preventDefault();
    ready(box);
    box.open = true;
    last = link;
    const mark = all("pre mark", box).filter((item) => Number(item.dataset.s) <= start).at(-1);
    mark?.focus({ preventScroll: true });
    mark?.scrollIntoView({ block: "center" });
  });

  // ------------------------------------------------------------------------------------------------- addresses and paper

  const arrive = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.matches("li.c")) show(target);
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", arrive);
  arrive();
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = visible().filter((person) => person.dataset.b >= 2 && !person.firstElementChild.open);
    for (const person of opened) show(person);
  });
  window.addEventListener("afterprint", () => { for (const person of opened) person.firstElementChild.open = false; });
})();
