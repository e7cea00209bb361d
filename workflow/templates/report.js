"use strict";
/* The page is whole without this: it adds sorting, filtering, paging, CSV, search, and sentences in the lists. */
(() => {
  const ROWS = 15, HITS = 50;
  const make = (tag, text = "", attributes = {}) => {
    const element = Object.assign(document.createElement(tag), { textContent: text });
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  document.documentElement.classList.add("js");

  /* Tables */
  const value = (row, index) => row.cells[index].dataset.v ?? row.cells[index].textContent;
  const compare = (index, numeric, sign) => (a, b) => {
    const x = value(a, index), y = value(b, index);
    if (!numeric) return x === "" || y === "" ? (x === "") - (y === "") : sign * x.localeCompare(y, "en", { numeric: true });
    const m = parseFloat(x), n = parseFloat(y);
    return isNaN(m) || isNaN(n) ? isNaN(m) - isNaN(n) : sign * (m - n);
  };
  /* Text that a spreadsheet would run as a formula gets an apostrophe before it, as in the project's CSV files. */
  const field = (text, numeric) => {
    const safe = !numeric && FORMULA_SIGNS.includes(text.replace(/^'+/, "").charAt(0) || " ") ? "'" + text : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const download = (name, text) => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    make("a", "", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };

  for (const box of document.querySelectorAll(".table")) {
    const table = box.querySelector("table"), body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
    const all = [...body.rows], numeric = heads.map((head) => head.classList.contains("num"));
    const texts = all.map((row) => row.textContent.toLowerCase());
    const named = box.querySelector("h3").textContent;
    let order = all.map((_, index) => index), shown = order, page = 0;
    const filter = make("input", "", { type: "search", placeholder: "Filter rows", "aria-label": `Filter rows: ${named}` });
    const status = make("span", "", { role: "status" });
    const back = make("button", "Previous", { type: "button", "aria-label": `Previous rows: ${named}` });
    const next = make("button", "Next", { type: "button", "aria-label": `Next rows: ${named}` });
    const csv = make("button", "CSV", { type: "button", "aria-label": `Save these rows as CSV: ${named}` });
    const draw = () => {
      const last = Math.min(shown.length, (page + 1) * ROWS);
      body.replaceChildren(...shown.slice(page * ROWS, last).map((index) => all[index]));
      status.textContent = shown.length ? `${page * ROWS + 1} to ${last} of ${shown.length}` : "no row has this";
      back.disabled = page === 0;
      next.disabled = last === shown.length;
    };
    /* Paper has no next page of rows. */
    addEventListener("beforeprint", () => body.replaceChildren(...shown.map((index) => all[index])));
    addEventListener("afterprint", draw);
    const select = () => {
      const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
      shown = order.filter((index) => words.every((word) => texts[index].includes(word)));
      page = 0;
      draw();
    };
    filter.addEventListener("input", select);
    back.addEventListener("click", () => { page -= 1; draw(); });
    next.addEventListener("click", () => { page += 1; draw(); });
    csv.addEventListener("click", () => {
      const lines = [heads.map((head) => field(head.textContent, false))];
      for (const index of shown) lines.push(heads.map((_, column) => field(value(all[index], column), numeric[column])));
      download(`${box.dataset.name}.csv`, lines.map((line) => line.join(",") + "\n").join(""));
    });
    heads.forEach((head, index) => {
      const button = make("button", head.textContent, { type: "button" });
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "ascending" : numeric[index];
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const before = compare(index, numeric[index], down ? -1 : 1);
        order = all.map((_, row) => row).sort((a, b) => before(all[a], all[b]) || a - b);
        select();
      });
    });
    const tools = make("div", "", { class: "tools" });
    tools.append(...(all.length > ROWS ? [filter, back, next] : []), status, csv);
    box.querySelector(".scroll").before(tools);
    draw();
  }

  /* Search over the sentences on the page */
  const plain = (sentence) => [...sentence.childNodes].slice(1).map((node) => node.textContent).join("");
  const sentences = [...document.querySelectorAll(".reading .s")];
  if (sentences.length) {
    const box = make("form", "", { class: "search", role: "search" });
    const label = make("label", "Search the sentences ", {}), input = make("input", "", { type: "search" });
    const status = make("span", "", { role: "status" }), found = make("ol", "", { class: "found", tabindex: "0", hidden: "", "aria-label": "Sentences found" });
    const partial = document.querySelector("#texts").dataset.partial;
    const cache = sentences.map(plain), lower = cache.map((text) => text.toLowerCase());
    label.append(input);
    box.append(label, status);
    box.addEventListener("submit", (event) => event.preventDefault());
    input.addEventListener("input", () => {
      const query = input.value.trim().toLowerCase();
      const hits = query.length < 2 ? [] : lower.flatMap((text, index) => (text.includes(query) ? [index] : []));
      found.replaceChildren(...hits.slice(0, HITS).map((index) => {
        const item = make("li"), at = lower[index].indexOf(query), text = cache[index];
        const from = Math.max(0, at - 120), to = at + query.length;
        const where = make("a", sentences[index].closest(".reading").querySelector(".title").textContent + ", " + sentences[index].id.split("-s")[1], { href: "#" + sentences[index].id });
        item.append(where, " ", (from ? "…" : "") + text.slice(from, at), make("mark", text.slice(at, to)), text.slice(to, to + 160));
        return item;
      }));
      found.hidden = !hits.length;
      status.textContent = query.length < 2 ? "" : `${hits.length} of ${sentences.length} sentences on this page` + (hits.length > HITS ? `, the first ${HITS} below` : "") + (partial ? "; all are in tables/sentences.csv" : "");
    });
    document.querySelector(".layers").before(box, found);
  }

  /* Lists behind the numbers: sentences that the page holds elsewhere are shown, Escape and Close go back */
  let opened = false;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#']");
    if (!link) return;
    if (link.classList.contains("close") && opened) { event.preventDefault(); history.back(); }
    opened = !link.classList.contains("close") && Boolean(document.getElementById(link.getAttribute("href").slice(1))?.matches(".list"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector(".list:target .close")?.click();
  });
  const fill = () => {
    const list = document.querySelector(".list:target");
    if (!list) return;
    for (const link of list.querySelectorAll("li > a")) {
      const sentence = document.getElementById(link.getAttribute("href").slice(1));
      if (sentence && !link.nextElementSibling?.matches("q")) link.after(" ", make("q", plain(sentence)));
    }
    list.focus({ preventScroll: true });
  };
  addEventListener("hashchange", fill);
  fill();
})();
