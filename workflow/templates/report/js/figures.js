/* Links for names and counts in figures: to the same places as the rows of the figure's table. */
const SVG_NS = "http://www.w3.org/2000/svg";
/**
 * The address of the first number in a row that has a link, or "".
 * @type {(columns: SheetColumn[], row: number) => string}
 */
const countedHref = (columns, row) =>
  columns.reduce((href, column) => href || (column.numeric ? column.href(row) : ""), "");
/**
 * Record the link of a text; "" if there are several different ones.
 * @type {(links: Map<string, string>, text: string, href: string) => void}
 */
const addLink = (links, text, href) => {
  if (text && href) links.set(text, (links.get(text) ?? href) === href ? href : "");
};
/**
 * The links of the texts in a table, and those of its rows by their first texts, joined as `name_labels` in drawing.py
 * joins them.
 * @type {(sheet: Sheet, kinds: string[]) => FigureLinks}
 */
const linksOf = ({ rows, columns }, kinds) => {
  /** @type {FigureLinks} */
  const links = { texts: new Map(), rows: new Map() };
  const texts_ = columns.map((column, at) => ({ column, kind: kinds[at] })).filter(({ column }) => !column.numeric);
  for (let row = 0; row < rows; row += 1) {
    const counted = countedHref(columns, row);
    let name = "";
    for (const { column, kind } of texts_) {
      const href = column.href(row) || (kind === "document" ? "" : counted);
      addLink(links.texts, column.group?.(row) || column.text(row), href);
      name = name ? `${name} · ${column.value(row)}` : column.value(row);
      addLink(links.rows, name, counted);
    }
  }
  return links;
};
/**
 * The link of a text in a figure, which may be cut or have a count after it; "" for none.
 * @type {(links: Map<string, string>, text: string) => string}
 */
const linkOf = (links, text) => {
  const name = text.replace(/ \([\d,]+\)$/, "");
  if (links.has(name) || !name.endsWith("…")) return links.get(name) ?? "";
  const longer = [...links].filter(([each]) => each.startsWith(name.slice(0, -1)));
  return longer.length === 1 ? longer[0][1] : "";
};
/**
 * The link of a name with a count in brackets: to the documents of a group, or that of the count in the name's row.
 * @type {(corpus: Shared, sheet: Sheet, name: string, count: string) => string}
 */
const countLink = (corpus, { rows, columns }, name, count) => {
  const documents = corpus.groups.get("group")?.filter((value) => value === name).length;
  if (documents === Number(count)) return rowsHref("documents of a group", ["value"], [name], "documents");
  const links = new Set();
  for (let row = 0; row < rows; row += 1) {
    if (!columns.some((column) => !column.numeric && (column.group?.(row) || column.text(row)) === name)) continue;
    for (const column of columns) {
      if (column.numeric && column.text(row).replaceAll(",", "") === count) links.add(column.href(row));
    }
  }
  return links.size === 1 ? [...links][0] : "";
};
/** @type {(corpus: Shared, sheet: Sheet, links: Map<string, string>, text: string) => string} */
const figureLink = (corpus, sheet, links, text) => {
  const [, name = "", count = ""] = /^(.*) \(([\d,]+)\)$/s.exec(text) ?? [];
  const counted = count && countLink(corpus, sheet, name, count.replaceAll(",", ""));
  /* A number alone is a tick on an axis, not a text of the table. */
  return counted || (/^[−-]?[\d.,]+%?$/.test(text) ? "" : linkOf(links, text));
};
/**
 * The tables from which a figure takes its links: the first one of its section that is not folded, and its own, which
 * has precedence.
 * @type {(figure: HTMLElement) => string[]}
 */
const tablesOf = (figure) => {
  const open = asElement(figure.closest("section")?.querySelector(":scope > .table"));
  const names = [...open.map(({ dataset }) => dataset.name ?? ""), figure.dataset.table ?? ""];
  return [...new Set(names)].filter((name) => name && byId(tableId(name)));
};
/** @type {(figure: HTMLElement, tables: string[]) => Promise<void>} */
const linkNames = async (figure, tables) => {
  const corpus = await readShared();
  /** @type {FigureLinks} */
  const links = { texts: new Map(), rows: new Map() };
  /** @type {Sheet} */
  let sheet = { rows: 0, total: 0, columns: [] };
  for (const table of tables) {
    const block = await readBlock(tableId(table), corpus);
    /** @type {ColumnFact[]} */
    const facts = block.facts.columns;
    sheet = sheetOf(corpus, block);
    const own = linksOf(
      sheet,
      facts.map(({ kind }) => kind),
    );
    for (const by of /** @type {const} */ (["texts", "rows"])) {
      for (const [text, href] of own[by]) if (href || !links[by].has(text)) links[by].set(text, href);
    }
  }
  const svg = figure.querySelector("svg");
  for (const text of /** @type {SVGElement[]} */ ([...(svg?.querySelectorAll("text:not([data-key])") ?? [])])) {
    const href = links.rows.get(text.dataset.row ?? "") || figureLink(corpus, sheet, links.texts, drawnAs(text));
    if (!href) continue;
    const link = document.createElementNS(SVG_NS, "a");
    link.setAttribute("href", href);
    link.append(...text.childNodes);
    text.append(link);
    svg?.setAttribute("role", "group");
  }
};
/**
 * Add buttons to save a figure, and links to its names.
 * @type {(figure: HTMLElement) => void}
 */
const furnishFigure = (figure) => {
  const svg = /** @type {SVGElement | null} */ (figure.querySelector("svg"));
  const title = (elementIn(figure, "figcaption strong").textContent ?? "").replace(/\.$/, "");
  const name = figure.id.slice("figure-".length);
  if (svg) elementIn(figure, ".files").append(...drawingButtons(name, title, svg));
  const tables = isPacked() ? tablesOf(figure) : [];
  if (tables.length) whenNear(figure, () => linkNames(figure, tables));
};
