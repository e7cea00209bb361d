/* Names in figures that the page was written without a link for: they lead where the rows of the figure's table do. */
const SVG_NS = "http://www.w3.org/2000/svg";
/* Where texts of a table lead: to the one place of all rows that have the text. */
const textLinks = (sheet, kinds) => {
  const links = new Map();
  const add = (text, href) => { if (text && href) links.set(text, links.has(text) && links.get(text) !== href ? "" : href); };
  sheet.columns.forEach((column, at) => {
    if (column.numeric) return;
    for (let row = 0; row < sheet.rows; row += 1) {
      const counted = kinds[at] === "document" ? "" : sheet.columns.reduce((href, each) => href || (each.numeric ? each.href(row) : ""), "");
      add(column.text(row), column.href(row) || counted);
    }
  });
  return links;
};
const linkOf = (links, text) => {
  const name = text.replace(/ \([\d,]+\)$/, "");
  if (links.has(name) || !name.endsWith("…")) return links.get(name);
  const longer = [...links].filter(([each]) => each.startsWith(name.slice(0, -1)));
  return longer.length === 1 ? longer[0][1] : "";
};
const furnishFigure = (figure) => {
  const { table } = figure.dataset;
  if (!packed || !byId(`data-table-${table}`)) return;
  const near = new IntersectionObserver(async (entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    near.disconnect();
    const corpus = await readShared(), block = await readBlock(`data-table-${table}`, corpus);
    const links = textLinks(sheetOf(corpus, block), block.facts.columns.map(({ kind }) => kind)), svg = figure.querySelector("svg");
    for (const text of svg.querySelectorAll("text")) {
      const href = text.querySelector("a") || text.closest("a") ? "" : linkOf(links, text.textContent);
      if (!href) continue;
      const link = document.createElementNS(SVG_NS, "a");
      link.setAttribute("href", href);
      link.append(...text.childNodes);
      text.append(link);
      svg.setAttribute("role", "group");
    }
  }, { rootMargin: "600px" });
  near.observe(figure);
};
