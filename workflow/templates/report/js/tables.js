/* Tables that can be sorted, filtered, paged and saved with all their rows, which are made when they are shown. */
/** Rows per page: fewer on a narrow screen, where each row is a card. */
const rowsOfPage = () => (matchMedia("(max-width: 40rem)").matches ? 5 : 10);
/**
 * Add a copy button to a cell with a line for topics.yaml (scripts/stories/topics_found.py).
 * @type {(cell: HTMLElement, value: string) => void}
 */
const addCopy = (cell, value) => {
  if (!/^found \d+: \{words: \[.*\]\}$/.test(value)) return;
  const status = make("span", "", { role: "status" });
  const copy = button("Copy", "Copy the line for topics.yaml", () => copyText(`${value}\n`, status));
  cell.append(" ", copy, " ", status);
};
/** @type {(column: SheetColumn, text: string) => string} */
const cellClass = (column, text) => {
  const isShort = text.length <= 12 && text.includes("-");
  const kind = column.numeric ? "num" : text.length > 60 ? "wide" : isShort ? "short" : "";
  return [kind, /\S{25}/.test(text) ? "long" : ""].filter(Boolean).join(" ");
};
/** @type {(column: SheetColumn, row: number, head: string) => HTMLElement} */
const linkedCell = (column, row, head) => {
  const text = column.text(row);
  const href = column.href(row);
  const kind = cellClass(column, text);
  const cell = make("td", "", kind ? { class: kind } : {});
  cell.append(...groupSign(column.group?.(row)), href && text ? make("a", text, { href }) : text);
  addCopy(cell, column.value(row));
  cell.dataset.label = head;
  return cell;
};
/**
 * A table as written into the page, for a page without data.
 * @type {(rows: HTMLTableRowElement[], heads: HTMLTableCellElement[]) => Sheet}
 */
const writtenSheet = (rows, heads) => {
  const columns = heads.map((_, at) => {
    /** @type {(row: number) => HTMLTableCellElement} */
    const cell = (row) => rows[row].cells[at];
    /** @type {(row: number) => string} */
    const text = (row) => cell(row).textContent ?? "";
    return {
      text,
      value: (/** @type {number} */ row) => cell(row).dataset.v ?? text(row),
      href: (/** @type {number} */ row) => cell(row).querySelector("a")?.getAttribute("href") ?? "",
    };
  });
  return { rows: rows.length, total: rows.length, columns };
};
/** @type {(box: HTMLElement, rows: HTMLTableRowElement[], heads: HTMLTableCellElement[]) => Promise<Sheet>} */
const readSheet = async (box, rows, heads) => {
  const { name = "", marks, fields = "" } = box.dataset;
  if (isPacked() && marks) return sheetOfMarks(await readCorpus(), marks, fields.split(" "));
  if (!isPacked() || !byId(tableId(name))) return writtenSheet(rows, heads);
  const corpus = await readShared();
  return sheetOf(corpus, await readBlock(tableId(name), corpus));
};
/**
 * Compare two sort keys: numbers by size, texts in dictionary order, and missing values last.
 * @type {(x: number | string, y: number | string, sign: number) => number}
 */
const compareKeys = (x, y, sign) => {
  if (typeof x === "number" && typeof y === "number") {
    const [noX, noY] = [Number.isNaN(x), Number.isNaN(y)];
    return noX || noY ? Number(noX) - Number(noY) : sign * (x - y);
  }
  if (x === "" || y === "") return Number(x === "") - Number(y === "");
  return sign * collator.compare(String(x), String(y));
};
/**
 * Rows sorted by a column; ties stay in the order of the table.
 * @type {(rows: number[], column: SheetColumn, numeric: boolean, down: boolean) => number[]}
 */
const sortedRows = (rows, column, numeric, down) => {
  /** @type {(row: number) => number | string} */
  const key = (row) => {
    if (column.order) return column.order(row);
    if (column.group) return groupsShown().order ? groupRank(column.group(row)) : column.text(row);
    return numeric ? Number.parseFloat(column.value(row)) : column.value(row);
  };
  /** @type {[number, number | string][]} */
  const keyed = rows.map((row) => [row, key(row)]);
  return keyed.sort(([a, x], [b, y]) => compareKeys(x, y, down ? -1 : 1) || a - b).map(([row]) => row);
};
/**
 * Rows whose texts have all words of a filter.
 * @type {(texts: string[], filter: string) => number[]}
 */
const rowsWith = (texts, filter) => {
  const words = lettersOf(filter).split(/\s+/).filter(Boolean);
  return [...texts.keys()].filter((row) => words.every((word) => texts[row].includes(word)));
};
/**
 * Rows as lines of a CSV file, with the header first.
 * @type {(columns: SheetColumn[], heads: string[], numeric: boolean[], rows: number[]) => string[][]}
 */
const csvLines = (columns, heads, numeric, rows) => [
  heads.map((head) => csvCell(head)),
  ...rows.map((row) => columns.map((column, at) => (numeric[at] ? plainCell : csvCell)(column.value(row)))),
];

/**
 * The state of a table: its rows once they are read, the rows shown, sorting and page; and its elements.
 * @typedef {{
 *   box: HTMLElement, body: HTMLTableSectionElement, heads: HTMLTableCellElement[], names: string[],
 *   numeric: boolean[], written: HTMLTableRowElement[], count: number, reading?: Promise<Sheet>, sheet?: Sheet,
 *   shown: number[], chosen?: Chosen, texts?: string[], page: number, sorted: number, down: boolean,
 *   filter: HTMLInputElement, status: HTMLElement, back: HTMLButtonElement, next: HTMLButtonElement,
 * }} TableView
 */
/** @type {(count: number) => number[]} */
const allRows = (count) => Array.from({ length: count }, (_, row) => row);
/** True once a reader has asked for frame schemes after the first. */
let allSchemes = false;
/**
 * The rows of the first frame scheme; all rows if all schemes are asked for or the table has no schemes.
 * @type {(view: TableView, sheet: Sheet, rows: number[]) => number[]}
 */
const ofSchemes = (view, { columns }, rows) => {
  const at = view.names.indexOf("scheme");
  const [label] = asElement(document.querySelector("[data-scheme]"));
  if (at < 0 || allSchemes || !label) return rows;
  const first = frameName(label.dataset.scheme ?? "");
  return rows.filter((row) => columns[at].text(row) === first);
};
/** @type {(view: TableView) => Promise<Sheet>} */
const readRows = async (view) => {
  const sheet = await readSheet(view.box, view.written, view.heads);
  view.sheet = sheet;
  view.count = sheet.rows;
  view.shown = ofGroups(sheet, ofSchemes(view, sheet, allRows(sheet.rows)));
  return sheet;
};
/** The tables of the page. @type {TableView[]} */
const tableViews = [];
/** @type {(view: TableView) => Promise<Sheet>} */
const readOnce = (view) => {
  view.reading ??= readRows(view);
  return view.reading;
};
/** @type {(view: TableView, sheet: Sheet, row: number) => HTMLElement} */
const rowElement = (view, sheet, row) => {
  const cells = view.names.map((name, at) =>
    linkedCell({ ...sheet.columns[at], numeric: view.numeric[at] }, row, name),
  );
  const line = make("tr");
  line.append(...cells);
  return line;
};
/**
 * Show the rows of the current page.
 * @type {(view: TableView) => void}
 */
const drawTable = (view) => {
  const { sheet, shown } = view;
  const from = view.page * rowsOfPage();
  const length = sheet ? shown.length : view.count;
  const made = sheet ? length : view.written.length;
  const to = Math.min(made, from + rowsOfPage());
  const rows = sheet ? shown.slice(from, to).map((row) => rowElement(view, sheet, row)) : view.written.slice(from, to);
  view.body.replaceChildren(...rows);
  // How many rows are of the first scheme is known only once they are read.
  const of = sheet || allSchemes || !view.names.includes("scheme") ? ` of ${wholeNumber(length)}` : "";
  const none = view.filter.value ? "no row contains this" : "no row";
  view.status.textContent = to ? `${wholeNumber(from + 1)} to ${wholeNumber(to)}${of}` : none;
  view.back.disabled = view.page === 0;
  view.next.disabled = to === length;
};
/**
 * Show the rows that pass the filter, in the chosen order.
 * @type {(view: TableView) => Promise<void>}
 */
const selectRows = async (view) => {
  const sheet = await readOnce(view);
  const { columns, rows, isChosen } = sheet;
  const filter = view.filter.value;
  /** @type {(row: number) => string} */
  const textOfRow = (row) => lettersOf(columns.map((column) => column.text(row)).join(" "));
  if (filter.trim()) view.texts ??= allRows(rows).map(textOfRow);
  const wanted = filter.trim() ? rowsWith(view.texts ?? [], filter) : allRows(rows);
  view.shown = ofGroups(sheet, ofSchemes(view, sheet, wanted));
  const { chosen } = view;
  if (chosen && isChosen) view.shown = view.shown.filter((row) => isChosen(chosen, row));
  if (view.sorted >= 0) {
    view.shown = sortedRows(view.shown, columns[view.sorted], view.numeric[view.sorted], view.down);
  }
  view.page = 0;
  drawTable(view);
  view.box.dataset.whole = "";
};
/**
 * Show only the rows of a choice of documents, or all rows again, if the rows belong to documents.
 * @type {(view: TableView, chosen?: Chosen) => void}
 */
const chooseRows = (view, chosen) => {
  if (view.chosen === chosen || view.box.dataset.ofDocuments === undefined) return;
  view.chosen = chosen;
  selectRows(view);
};
/** @type {(view: TableView, pages: number) => Promise<void>} */
const turnPage = async (view, pages) => {
  await readOnce(view);
  const last = Math.floor(Math.max(0, view.shown.length - 1) / rowsOfPage());
  view.page = Math.min(view.page + pages, last); // fewer rows than thought may be of the first scheme
  drawTable(view);
};
/** @type {(view: TableView) => Promise<void>} */
const saveTable = async (view) => {
  const { columns } = await readOnce(view);
  const heads = view.heads.map((head) => head.textContent ?? "");
  saveCsv(view.box.dataset.name ?? "", csvLines(columns, heads, view.numeric, view.shown));
};
/** @type {(view: TableView, at: number) => void} */
const sortBy = (view, at) => {
  view.down = view.sorted === at ? !view.down : view.numeric[at];
  view.sorted = at;
  for (const head of view.heads) head.removeAttribute("aria-sort");
  view.heads[at].setAttribute("aria-sort", view.down ? "descending" : "ascending");
  selectRows(view);
};
/** @type {(box: HTMLElement) => TableView} */
const tableView = (box) => {
  const table = /** @type {HTMLTableElement} */ (elementIn(box, "table"));
  const heads = [...(table.tHead?.rows[0].cells ?? [])];
  const body = table.tBodies[0];
  const written = [...body.rows];
  const caption = elementIn(box, "h3").textContent;
  const named = { type: "search", placeholder: "Filter rows", "aria-label": `Filter rows: ${caption}` };
  /** @type {TableView} */
  const view = {
    box,
    body,
    heads,
    names: heads.map((head) => head.textContent ?? ""),
    numeric: heads.map((head) => head.classList.contains("num")),
    written,
    count: Number(box.dataset.rows) || written.length,
    shown: [],
    page: 0,
    sorted: -1,
    down: false,
    filter: make("input", "", named),
    status: make("span", "", { role: "status" }),
    back: button("Previous", `Previous rows: ${caption}`, () => turnPage(view, -1)),
    next: button("Next", `Next rows: ${caption}`, () => turnPage(view, 1)),
  };
  return view;
};
/**
 * Label each cell with its heading, add explanations to the headings, and make them buttons that sort.
 * @type {(view: TableView) => void}
 */
const furnishHeads = (view) => {
  for (const row of view.written) {
    for (const [at, cell] of [...row.cells].entries()) cell.dataset.label = view.names[at];
  }
  for (const [at, meaning] of view.box.querySelectorAll(".meanings dd").entries()) {
    view.heads[at].title = meaning.textContent ?? "";
  }
  for (const [at, head] of view.heads.entries()) {
    const sort = make("button", view.names[at], { type: "button" });
    sort.addEventListener("click", () => sortBy(view, at));
    head.replaceChildren(sort);
  }
};
/** @type {(box: HTMLElement) => void} */
const furnishTable = (box) => {
  const view = tableView(box);
  tableViews.push(view);
  furnishHeads(view);
  view.filter.addEventListener("input", () => selectRows(view));
  const csv = button("CSV", `Save these rows as CSV: ${elementIn(box, "h3").textContent}`, () => saveTable(view));
  const turning = view.count > rowsOfPage() ? [view.filter, view.back, view.next] : [];
  const tools = make("div", "", { class: "tools" });
  tools.append(...turning, view.status, csv);
  elementIn(box, ".scroll").before(tools);
  /* The rows written into the page have fewer links, so they are replaced when a reader comes near. */
  if (isPacked()) {
    whenNear(box, () => {
      if (!view.reading) selectRows(view);
    });
  }
  drawTable(view);
};
/** Let the switches of the page show the tables that are shown only on request. */
const furnishExtras = () => {
  for (const field of document.querySelectorAll(".extras input")) {
    const box = /** @type {HTMLInputElement} */ (field);
    box.addEventListener("change", () => {
      for (const extra of document.querySelectorAll(`[data-extra="${box.name}"]`)) {
        for (const each of asElement(extra)) each.hidden = !box.checked;
      }
      if (box.name !== "schemes") return;
      allSchemes = box.checked;
      for (const view of tableViews) if (view.names.includes("scheme")) selectRows(view);
    });
  }
};
