// The page works without this. With it, tables sort and filter, and choosing a finding lights up its evidence.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const source = document.getElementById("source");
  document.documentElement.classList.add("js");

  // Sorting: a button in each heading. A second press turns the order around.
  const key = (row, column) => {
    const cell = row.cells[column];
    const value = cell.dataset.sort ?? cell.textContent.trim();
    return value !== "" && !isNaN(value) ? Number(value) : value;
  };
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const compare = (a, b) => typeof a === "number" && typeof b === "number" ? a - b : order.compare(a, b);
  const sort = (head, column) => {
    const body = head.closest("table").tBodies[0];
    const up = head.getAttribute("aria-sort") !== "ascending";
    all("th", head.parentNode).forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    [...body.rows]
      .map((row) => [key(row, column), row])
      .sort(([a], [b]) => (up ? compare(a, b) : compare(b, a)))
      .forEach(([, row]) => body.append(row));
  };
  all("table[data-filter]").forEach((table) => {
    if (table.tBodies[0].rows.length < 2) return;
    all("thead th", table).forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(head, column));
    });
  });

  // Filtering: a field above each table that is longer than a glance.
  all("table[data-filter]").forEach((table) => {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 8 || table.closest("details")) return;
    const label = document.createElement("label");
    const input = document.createElement("input");
    const nothing = document.createElement("p");
    label.className = "filter";
    input.type = "search";
    label.append(table.dataset.filter, input);
    nothing.className = "nothing";
    nothing.setAttribute("role", "status");
    table.before(label);
    table.parentNode.classList.add("filtered");
    table.after(nothing);
    const texts = rows.map((row) => row.textContent.toLowerCase());
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/);
      rows.forEach((row, i) => { row.hidden = !words.every((word) => texts[i].includes(word)); });
      nothing.textContent = rows.every((row) => row.hidden) ? table.dataset.none : "";
    });
  });

  // Choosing: a finding lights up its marks, a sentence shows what was found in it.
  const choose = (finding, sentence) => {
    all(".chosen, .lit").forEach((element) => element.classList.remove("chosen", "lit"));
    const row = finding && document.getElementById(finding);
    if (row) row.classList.add("chosen");
    if (finding) {
      all("mark[data-findings]").forEach((mark) => {
        if (mark.dataset.findings.split(" ").includes(finding)) mark.classList.add("lit");
      });
    }
    if (sentence) sentence.classList.add("chosen");
  };
  const beside = () => source && getComputedStyle(source).position === "sticky";
  const show = (sentence) => {
    if (!beside()) return sentence.scrollIntoView({ block: "center" });
    const top = sentence.getBoundingClientRect().top - source.getBoundingClientRect().top;
    source.scrollTop += top - source.clientHeight / 3;
  };
  const follow = (hash, finding) => {
    const target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!target) return;
    if (target.classList.contains("sentence")) {
      choose(finding, target);
      show(target);
    } else if (target.dataset.finding) {
      choose(target.id);
      const lit = document.querySelector("mark.lit");
      if (lit && beside()) show(lit.closest(".sentence"));
    }
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#s']");
    const sentence = link && document.getElementById(link.hash.slice(1));
    if (!sentence || !sentence.classList.contains("sentence") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (location.hash !== link.hash) history.pushState(null, "", link.hash);
    const row = link.closest("[data-finding]");
    follow(link.hash, row && row.id);
    link.classList.add("chosen");
    if (!beside()) sentence.querySelector("a").focus({ preventScroll: true });
  });
  addEventListener("hashchange", () => follow(location.hash));
  addEventListener("popstate", () => follow(location.hash));
  follow(location.hash);
})();
