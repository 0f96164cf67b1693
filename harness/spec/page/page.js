"use strict";
(() => {
  const form = document.getElementById("page-filter");
  const box = document.getElementById("page-q");
  const count = document.getElementById("page-count");
  const nothing = document.getElementById("page-nothing");
  const all = (css, of = document) => [...of.querySelectorAll(css)];
  const words = (of) => (of ? of.textContent : "").replace(/\s+/g, " ").toLowerCase();
  const show = (one, shown) => { one.hidden = !shown; return shown; };

  // What there is, read once. A finding stands in the list and in its place; what it says and where are looked at alike.
  const findings = new Map();
  for (const one of all(".finding")) {
    findings.set(one.dataset.id, { ...one.dataset, list: one, places: [], said: words(one) });
  }
  const own = (spot) => all(":scope > .own > :not(.scenarios)", spot).map(words).join(" ") || words(spot.querySelector(":scope > .own"));
  const read = (spot, prefix) => {
    const heres = all(".here", spot).map((here) => findings.get(here.dataset.id));
    all(".here", spot).forEach((here, at) => heres[at].places.push(here));
    const said = `${prefix} ${own(spot)}`;
    for (const one of heres) one.said += ` ${said}`;
    return { element: spot, said, heres };
  };
  const tables = all(".tabulated").map((element) => ({
    element,
    clause: element.dataset.clause,
    caption: read(element.querySelector(":scope > .spot"), ""),
    spots: all("tbody.spot", element).map((spot) => read(spot, spot.id.replace("-row-", "#"))),
  }));
  const sections = all(".clause").map((element) => ({
    element,
    number: element.dataset.number,
    spots: all(":scope > .spot", element).map((spot) => read(spot, "")),
    tables: tables.filter((table) => element.contains(table.element)),
  }));
  const lines = all(".line").map((element) => ({ element, clause: element.dataset.clause, said: words(element) }));
  const groups = all(".group");
  const contents = new Map(all("nav li[data-section]").map((entry) => [entry.dataset.section, entry]));
  const totals = { findings: findings.size, rows: all("tr.own").length, tables: tables.length };

  // The filter: what the form says, and the same as the part of the address behind the #.
  const ticked = (name) => all(`[name=${name}]`, form);
  const wanted = () => ({
    q: box.value.toLowerCase().split(/\s+/).filter(Boolean),
    family: ticked("family").filter((one) => one.checked).map((one) => one.value),
    certainty: ticked("certainty").filter((one) => one.checked).map((one) => one.value),
    rule: form.elements.rule.value,
    clause: form.elements.clause.value,
  });
  const told = (filter) => {
    const said = new URLSearchParams();
    if (box.value.trim()) said.set("q", box.value.trim());
    for (const name of ["family", "certainty"]) {
      if (filter[name].length < ticked(name).length) said.set(name, filter[name].join(","));
    }
    for (const name of ["rule", "clause"]) if (filter[name]) said.set(name, filter[name]);
    return said.toString().replaceAll("%2C", ",");
  };
  const set = (said) => {
    box.value = said.get("q") ?? "";
    for (const name of ["family", "certainty"]) {
      const of = said.has(name) ? said.getAll(name).join(",").split(",") : null;
      for (const one of ticked(name)) one.checked = !of || of.includes(one.value);
    }
    for (const name of ["rule", "clause"]) {
      const asked = said.get(name) ?? "";
      form.elements[name].value = [...form.elements[name].options].some((one) => one.value === asked) ? asked : "";
    }
  };

  const apply = () => {
    const filter = wanted();
    const under = (clause) => !filter.clause || clause === filter.clause || clause.startsWith(`${filter.clause}.`);
    const says = (said) => filter.q.every((word) => said.includes(word));
    const narrow = filter.family.length < 3 || filter.certainty.length < 2 || filter.rule !== "";
    const active = told(filter) !== "";
    const fits = (one) => filter.family.includes(one.family) && filter.certainty.includes(one.certainty)
      && (!filter.rule || one.rule === filter.rule) && under(one.clause) && says(one.said);

    let found = 0;
    for (const one of findings.values()) {
      one.shown = show(one.list, fits(one));
      found += one.shown;
      for (const here of one.places) show(here.closest("tr.in") ?? here, one.shown);
    }
    const kept = (spot, clause) => spot.heres.some((one) => one.shown) || (!narrow && under(clause) && says(spot.said));

    let rows = 0, seen = 0;
    for (const table of tables) {
      const whole = kept(table.caption, table.clause) && !narrow && says(table.caption.said);
      let inside = kept(table.caption, table.clause);
      for (const spot of table.spots) {
        const shown = show(spot.element, whole || kept(spot, table.clause));
        rows += shown;
        inside ||= shown;
      }
      table.shown = show(table.element, inside);
      seen += inside;
    }
    const alive = new Set();
    for (const one of sections) {
      one.shown = one.tables.some((table) => table.shown);
      for (const spot of one.spots) {
        const heading = spot.element.querySelector(":scope > h3") !== null;
        const shown = kept(spot, one.number);
        if (!heading) show(spot.element, shown);
        one.shown ||= shown;
      }
      if (!one.shown) continue;
      for (let number = one.number; number; number = number.slice(0, Math.max(number.lastIndexOf("."), 0))) alive.add(number);
    }
    for (const one of sections) {
      const shown = show(one.element, one.shown || alive.has(one.number));
      if (contents.has(one.element.id)) show(contents.get(one.element.id), shown);
    }
    for (const group of groups) {
      const inside = all(".finding", group).filter((one) => !one.hidden).length;
      show(group, inside > 0);
      const number = contents.get(group.dataset.group)?.querySelector(".n");
      if (number) number.textContent = inside || "";
    }
    let rest = 0;
    for (const one of lines) rest += show(one.element, !narrow && under(one.clause) && says(one.said));
    for (const one of all(".whole")) show(one, !active);
    show(document.getElementById("page-findings"), found > 0 || !active);
    show(document.getElementById("page-tables"), seen > 0 || alive.size > 0 || !active);
    for (const id of ["page-failures", "page-coverage"]) {
      const part = document.getElementById(id);
      show(part, !active || all(".line", part).some((one) => !one.hidden));
    }
    show(nothing, active && !found && !rows && !seen && !rest);
    count.textContent = `${found} of ${totals.findings} findings, ${rows} of ${totals.rows} rows and notes, ${seen} of ${totals.tables} tables`;
    light(filter.q);
    return told(filter);
  };

  // The words that were searched, where the browser can show them without changing the page.
  const light = (wantedWords) => {
    if (!globalThis.Highlight || !CSS.highlights) return;
    CSS.highlights.delete("words");
    if (!wantedWords.some((word) => word.length > 1)) return;
    const marks = new Highlight();
    for (const part of all(".finding:not([hidden]), .own, .here, .line")) {
      if (part.closest("[hidden]")) continue;
      const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const text = walker.currentNode.data.toLowerCase();
        for (const word of wantedWords) {
          for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
            const range = new Range();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, Math.min(at + word.length, walker.currentNode.length));
            marks.add(range);
          }
        }
      }
    }
    CSS.highlights.set("words", marks);
  };

  const changed = () => history.replaceState(null, "", `#${apply()}`);
  const reset = () => { set(new URLSearchParams()); changed(); };

  // An address ends in a filter (#q=rollback&family=semantic), or in the name of a place (#5.3.3.6-1-row-8).
  const follow = () => {
    const said = location.hash.slice(1);
    if (said === "" || said.includes("=")) {
      set(new URLSearchParams(said));
      apply();
      if (said) scrollTo(0, 0);
      return;
    }
    const place = document.querySelector(":target") ?? document.getElementById(said);
    if (!place) return;
    if (place.closest("[hidden]")) {
      set(new URLSearchParams());
      apply();
    }
    for (let at = place; at; at = at.parentElement) if (at.localName === "details") at.open = true;
    place.scrollIntoView();
    if (place.matches(".finding")) place.focus({ preventScroll: true });
  };

  const step = (way) => {
    const active = document.activeElement.closest(".here, .finding");
    const listed = !active || active.matches(".finding");
    const there = all(listed ? ".finding" : ".here").filter((one) => !one.closest("[hidden]"));
    const next = there[Math.min(Math.max(there.indexOf(active) + way, 0), there.length - 1)];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "center" });
  };

  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => { event.preventDefault(); reset(); });
  addEventListener("hashchange", follow);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input[type=search], select");
    if (event.key === "Escape") { reset(); box.blur(); }
    else if (typing) return;
    else if (event.key === "/") { event.preventDefault(); box.focus(); box.select(); }
    else if (event.key === "n" || event.key === "p") step(event.key === "n" ? 1 : -1);
  });
  for (const button of all("[data-open], [data-shut]")) {
    button.addEventListener("click", () => {
      for (const one of all(`details.${button.dataset.open ?? button.dataset.shut}`)) one.open = "open" in button.dataset;
    });
  }

  form.hidden = false;
  if (matchMedia("(max-width: 1080px)").matches) document.querySelector("nav > details").open = false;
  const measure = () => document.documentElement.style.setProperty("--bar", `${form.offsetHeight}px`);
  addEventListener("resize", measure);
  measure();
  apply();
  follow();
})();
