/* Tables: sorted, filtered, paged and saved over all their rows, which are made when they are shown. On a narrow screen
   a row is a card, and few of them are as long as a table. */
const ROWS = matchMedia("(max-width: 40rem)").matches ? 5 : 15;
/* Characters of a saved cell. */
const LONGEST = 5000;
const collator = new Intl.Collator("en", { numeric: true });
/* A cell by the kind of its column: its text, and what it sorts and is saved by. */
const CELLS = {
  text: (value, name) => (name === "column" && value === "doc_id" ? "document" : shortened(value, 300)),
  frame: (value) => shortened(value.replaceAll("_", " "), 300),
  int: wholeNumber, sentence: (value) => wholeNumber(value + 1),
  share: (value) => percent(value), points, probability, number: decimalNumber, bool: (value) => (value ? "yes" : "no"),
};
const NUMERIC = new Set(["int", "sentence", "share", "points", "probability", "number"]);
/* A block of scripts/report/sheets.py as rows: text, value and address of each cell. */
const sheetOf = (corpus, block) => {
  const { facts } = block, document_ = (row) => (block.doc_id ? block.doc_id[row] - 1 : -1);
  const columns = facts.columns.map((fact) => {
    const [name, other] = fact.of, values = block[name], ends = block[other], { kind } = fact;
    const isNumber = NUMERIC.has(kind);
    if (kind.endsWith("ends")) return {
      numeric: true,
      text: (row) => (kind === "points ends" ? pointsInterval(values[row], ends[row]) : interval(values[row], ends[row], kind === "share ends")), href: () => "",
      value: (row) => (isNaN(values[row]) || isNaN(ends[row]) ? "" : `${values[row]} to ${ends[row]}`), order: values,
    };
    if (kind === "document") return {
      text: (row) => (values[row] ? shortened(corpus.title[values[row] - 1], 48) : ""), href: (row) => (values[row] ? "#" + corpus.anchor[values[row] - 1] : ""),
      value: (row) => corpus.docId[values[row] - 1] ?? "",
    };
    const { there = fact.key, constant = [] } = fact, keyed = (row) => rowsHref(fact.table, there, [...fact.key.map((key) => (key === "doc_id" ? corpus.docId[document_(row)] : block[key][row])), ...constant], fact.unit);
    const href = fact.table
      ? (row) => ((isNumber && !(values[row] > 0)) || (block.column?.[row] === "corpus" && constant.includes("reference"))
        || (fact.table === "quotes" && !corpus.speaking.has(block[fact.key[0]][row])) ? "" : keyed(row))
      : kind === "sentence" && block.doc_id ? (row) => `#${corpus.anchor[document_(row)]}-s${values[row]}` : () => "";
    if (kind === "group") {
      const shown = (row) => (block.column[row] === "doc_id" ? corpus.title[corpus.docId.indexOf(values[row])] : values[row]);
      return { text: (row) => shortened(shown(row) ?? "", 300), href: () => "", value: (row) => (values[row] ?? "").slice(0, LONGEST) };
    }
    return {
      text: (row) => (isNumber && isNaN(values[row]) ? (kind === "int" ? "" : NONE) : CELLS[kind](values[row], name)),
      numeric: isNumber, href, value: (row) => (isNumber ? (isNaN(values[row]) ? "" : String(values[row])) : kind === "bool" ? CELLS.bool(values[row]) : values[row].slice(0, LONGEST)),
      order: isNumber ? values : undefined,
    };
  });
  return { rows: facts.rows, total: facts.total, columns };
};
/* The tables whose rows are marks in the texts. */
const spanText = (corpus, part, first, length) => textOf(corpus, part, first, first + length);
const markSheet = (corpus, kind, rows, fields) => {
  const places = new Array(rows.length);
  const place = (at) => (places[at] ??= placed(rows[at][0], rows[at][0][kind].first[rows[at][1]]));
  const columns = fields.map(([field, make_]) => {
    const shown = { confidence: decimalNumber, words: wholeNumber, words_direct: wholeNumber }[field];
    if (field === "doc_id") return {
      text: (at) => shortened(corpus.title[place(at).document], 48), href: (at) => "#" + corpus.anchor[place(at).document], value: (at) => corpus.docId[place(at).document],
    };
    if (field === "sentence") return {
      text: (at) => wholeNumber(place(at).sentence + 1), href: (at) => sentenceHref(corpus, place(at)), value: (at) => String(place(at).sentence),
      order: { at: (row) => place(row).sentence },
    };
    const get = (at) => make_(...rows[at]);
    const there = { entity: (at) => rowsHref("entities", ["entity"], [get(at)]), speaker: (at) => (kind === "quotes" && corpus.speaking.has(get(at)) ? rowsHref("quotes", ["speaker"], [get(at)]) : "") }[field];
    return { text: (at) => (shown ? shown(get(at)) : shortened(get(at), 300)), value: (at) => String(get(at)).slice(0, LONGEST), href: there ?? (() => ""), order: shown ? { at: get } : undefined };
  });
  return { rows: rows.length, total: rows.length, columns };
};
const MARKED = {
  quotes: (corpus) => {
    const content = (part, row) => {
      const { quotes } = part, pieces = [];
      for (let piece = quotes.piece[row]; piece < quotes.piece[row + 1]; piece += 1) pieces.push(spanText(corpus, part, quotes.pieceFirst[piece], quotes.pieceLength[piece]));
      return pieces.join(" ... ");
    };
    const beside = (name) => ({ quotes, ...part }, row) => spanText(corpus, part, quotes.first[row] + quotes[`${name}_first`][row], quotes[`${name}_length`][row]);
    return {
      ...Object.fromEntries(Object.entries(corpus.attributes).map(([name, list]) => [name, ({ quotes }, row) => list[quotes.values[name][row]]])), stance: ({ quotes }, row) => corpus.stances[quotes.stance[row]],
      words: ({ quotes }, row) => quotes.words[row], words_direct: ({ quotes }, row) => quotes.quoted[row],
      speaker: ({ quotes }, row) => corpus.names[quotes.speaker[row]], type: ({ quotes }, row) => corpus.types[quotes.type[row]], content,
      cue: beside("cue"), source: beside("source"), confidence: ({ quotes }, row) => quotes.sure[row] / 100,
    };
  },
  mentions: (corpus) => ({
    entity: ({ mentions }, row) => corpus.names[mentions.name[row]], text: (part, row) => spanText(corpus, part, part.mentions.first[row], part.mentions.length[row]),
    label: ({ mentions }, row) => corpus.labels[mentions.label[row]][0],
  }),
  codes: (corpus) => {
    const pattern = (at) => ({ codes }, row) => corpus.patterns[codes.pattern[row]][at].replaceAll("_", " ");
    return {
      scheme: pattern(0), frame: pattern(1), term: ({ codes }, row) => corpus.patterns[codes.pattern[row]][2],
      negated: ({ codes }, row) => CELLS.bool(codes.negated[row]), speaker: ({ codes }, row) => corpus.names[codes.speaker[row]],
    };
  },
};
/* Marks with their weights, the heaviest first: which, and by what. */
const totals = (corpus, kind, column, count) => {
  const sums_ = new Map();
  for (const part of corpus.parts) part[kind][column].forEach((value, row) => sums_.set(value, (sums_.get(value) ?? 0) + count(part, row)));
  return sums_;
};
const frameTotals = (corpus) => {
  const frames = new Map(), keys = corpus.patterns.map(([scheme, frame]) => `${scheme} ${frame}`);
  for (const [pattern, count] of totals(corpus, "codes", "pattern", () => 1)) frames.set(keys[pattern], (frames.get(keys[pattern]) ?? 0) + count);
  return keys.map((key) => frames.get(key));
};
const quoteWeights = (corpus) => {
  const words = totals(corpus, "quotes", "speaker", ({ quotes }, row) => quotes.words[row]);
  return ({ quotes }, row) => [words.get(quotes.speaker[row]), corpus.names[quotes.speaker[row]], quotes.words[row]];
};
const SOURCES = {
  statements: ["quotes", (corpus, { quotes }, row) => quotes.pieces[row] > 0 && corpus.names[quotes.speaker[row]] !== "", quoteWeights],
  unattributed: ["quotes", (corpus, { quotes }, row) => quotes.pieces[row] > 0 && corpus.names[quotes.speaker[row]] === "", quoteWeights],
  sources: ["quotes", (corpus, { quotes }, row) => corpus.attributes.kind[quotes.values.kind[row]], () => () => [0, "", 0]],
  mentions: ["mentions", () => true, (corpus) => {
    const counts = totals(corpus, "mentions", "name", () => 1);
    return ({ mentions }, row) => [counts.get(mentions.name[row]), corpus.names[mentions.name[row]], 0];
  }],
  codes: ["codes", () => true, (corpus) => {
    const counts = frameTotals(corpus);
    return ({ codes }, row) => [counts[codes.pattern[row]], corpus.patterns[codes.pattern[row]].slice(0, 2).join(" "), 0];
  }],
};
const byWeight = (corpus, kind, keep, weights) => {
  const weigh = weights(corpus), rows = [];
  for (const part of corpus.parts) part[kind].first.forEach((_, row) => { if (keep(corpus, part, row)) rows.push([part, row, ...weigh(part, row)]); });
  return rows.sort((a, b) => b[2] - a[2] || (a[3] < b[3] ? -1 : a[3] > b[3] ? 1 : 0) || b[4] - a[4] || a[0].number - b[0].number || a[1] - b[1]);
};
const linkedCell = (column, row, head) => {
  const text = column.text(row), href = column.href(row), kind = column.numeric ? "num" : text.length > 60 ? "wide" : text.length <= 12 && text.includes("-") ? "short" : "";
  const cell = make("td", "", kind ? { class: kind } : {});
  cell.append(href && text ? make("a", text, { href }) : text);
  cell.dataset.label = head;
  return cell;
};
/* The rows of a table as the page has them without its data: those that were written into it. */
const writtenSheet = (body, heads) => {
  const all = [...body.rows], cell = (row, at) => all[row].cells[at];
  const columns = heads.map((_, at) => ({
    text: (row) => cell(row, at).textContent, href: (row) => cell(row, at).querySelector("a")?.getAttribute("href") ?? "", value: (row) => cell(row, at).dataset.v ?? cell(row, at).textContent,
  }));
  return { rows: all.length, total: all.length, columns };
};
const readSheet = async (box, body, heads) => {
  const { name, marks, fields } = box.dataset;
  if (packed && marks) {
    const corpus = await readCorpus(), [kind, keep, weights] = SOURCES[marks], make_ = MARKED[kind](corpus);
    const rows = byWeight(corpus, kind, keep, weights);
    return markSheet(corpus, kind, rows, fields.split(" ").map((field) => [field, make_[field]]));
  }
  if (!packed || !byId(`data-table-${name}`)) return writtenSheet(body, heads);
  const corpus = await readShared();
  return sheetOf(corpus, await readBlock(`data-table-${name}`, corpus));
};

const furnishTable = (box) => {
  const table = box.querySelector("table"), body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  const written = [...body.rows], numeric = heads.map((head) => head.classList.contains("num"));
  const caption = box.querySelector("h3").textContent;
  for (const row of written) [...row.cells].forEach((cell, at) => { cell.dataset.label = heads[at].textContent; });
  let count = Number(box.dataset.rows) || written.length, sheet, shown, texts, page = 0, sorted, down;
  box.querySelectorAll(".meanings dd").forEach((meaning, at) => { heads[at].title = meaning.textContent; });
  const filter = make("input", "", { type: "search", placeholder: "Filter rows", "aria-label": `Filter rows: ${caption}` });
  const status = make("span", "", { role: "status" });
  let reading;
  const readAll = () => reading ??= (async () => {
    sheet = await readSheet(box, { rows: written }, heads);
    count = sheet.rows;
    shown = Array.from({ length: count }, (_, row) => row);
    return sheet;
  })();
  const cellOf = (row, at) => linkedCell({ ...sheet.columns[at], numeric: numeric[at] }, row, heads[at].textContent);
  const draw = (all = false) => {
    const from = all ? 0 : page * ROWS, rows = shown ?? written, to = all ? Math.min(rows.length, PRINTED) : Math.min(rows.length, from + ROWS);
    body.replaceChildren(...(sheet ? shown.slice(from, to).map((row) => {
      const line = make("tr");
      line.append(...heads.map((_, at) => cellOf(row, at)));
      return line;
    }) : written.slice(from, to)));
    const length = shown ? shown.length : count;
    status.textContent = length ? `${wholeNumber(from + 1)} to ${wholeNumber(to)} of ${wholeNumber(length)}` : "no row has this";
    back.disabled = page === 0;
    next.disabled = to === length;
  };
  const order = () => {
    if (sorted === undefined) return;
    const { order: values, value } = sheet.columns[sorted], sign = down ? -1 : 1;
    const at = values && (values.at && !ArrayBuffer.isView(values) && !Array.isArray(values) ? (row) => values.at(row) : (row) => values[row]);
    const plain = (row) => { const text = value(row); return numeric[sorted] ? parseFloat(text) : text; };
    const keys = new Map(shown.map((row) => [row, at ? at(row) : plain(row)]));
    shown.sort((a, b) => {
      const x = keys.get(a), y = keys.get(b);
      if (typeof x === "number") return isNaN(x) || isNaN(y) ? isNaN(x) - isNaN(y) || a - b : sign * (x - y) || a - b;
      return x === "" || y === "" ? (x === "") - (y === "") || a - b : sign * collator.compare(x, y) || a - b;
    });
  };
  const select = async () => {
    const { columns } = await readAll();
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length) texts ??= Array.from({ length: count }, (_, row) => columns.map((column) => column.text(row)).join(" ").toLowerCase());
    shown = Array.from({ length: count }, (_, row) => row).filter((row) => words.every((word) => texts[row].includes(word)));
    order();
    page = 0;
    draw();
    box.dataset.whole = "";
  };
  const turn = async (pages) => { await readAll(); page += pages; draw(); };
  const back = button("Previous", `Previous rows: ${caption}`, () => turn(-1)), next = button("Next", `Next rows: ${caption}`, () => turn(1));
  const csv = button("CSV", `Save these rows as CSV: ${caption}`, async () => {
    const { columns } = await readAll();
    const lines = [heads.map((head) => csvCell(head.textContent, false))];
    for (const row of shown) lines.push(columns.map((column, at) => csvCell(column.value(row), numeric[at])));
    saveCsv(box.dataset.name, lines);
  });
  filter.addEventListener("input", select);
  heads.forEach((head, at) => {
    const sort = make("button", head.textContent, { type: "button" });
    head.replaceChildren(sort);
    sort.addEventListener("click", () => {
      down = sorted === at ? !down : numeric[at];
      sorted = at;
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      select();
    });
  });
  const tools = make("div", "", { class: "tools" });
  tools.append(...(count > ROWS ? [filter, back, next] : []), status, csv);
  box.querySelector(".scroll").before(tools);
  /* The rows that the page was written with have fewer links: they are made anew when a reader comes near. */
  if (packed) {
    const near = new IntersectionObserver(async (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      near.disconnect();
      if (!reading) select();
    }, { rootMargin: "600px" });
    near.observe(box);
  }
  addEventListener("beforeprint", () => draw(true));
  addEventListener("afterprint", () => draw());
  draw();
};
/* Paper has no next page of rows. */
const PRINTED = 20;
