/* The profile of a speaker, above the statements: the rows that tables of the page have of the name. */
const PROFILE = [
  ["speaker_periods", "speaker", "By group and month"],
  ["speaker_frames", "speaker", "Frames voiced, against all other speakers"],
  ["blame", "speaker", "Who is held answerable"],
  ["speaker_words", "speaker", "Key words against all other statements"],
  ["speaker_neighbours", "speaker", "Quoted in the same documents as"],
];
const MOST_SHOWN = 12;
const headsOf = (name) => [...document.querySelectorAll(`#table-${name} thead th`)].map((head) => head.textContent);
/* Rows of a table of the page as a small table, without the columns that have the name. */
const profileTable = (title, sheet, heads, rows, speaker) => {
  const shown = sheet.columns.map((column, at) => at).filter((at) => rows.some((row) => sheet.columns[at].value(row) !== speaker && sheet.columns[at].text(row)));
  const table = make("table"), top = make("thead"), head = make("tr"), body = make("tbody");
  head.append(...shown.map((at) => make("th", heads[at], sheet.columns[at].numeric ? { scope: "col", class: "num" } : { scope: "col" })));
  top.append(head);
  const draw = (end) => body.append(...rows.slice(body.rows.length, end).map((row) => {
    const line = make("tr");
    line.append(...shown.map((at) => linkedCell(sheet.columns[at], row, heads[at])));
    return line;
  }));
  draw(MOST_SHOWN);
  table.append(top, body);
  const box = make("div", "", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Profile: ${title}` });
  box.append(table);
  if (rows.length <= MOST_SHOWN) return [box];
  const more = button(`All ${wholeNumber(rows.length)}`, `All ${wholeNumber(rows.length)} rows`, () => { draw(rows.length); more.remove(); });
  return [box, more];
};
/* Values with how often each is there, the most frequent first. */
const counted = (values) => {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || collator.compare(a[0], b[0]));
};
const addProfile = async (corpus, list, speaker) => {
  const statements_ = findRows(corpus, "quotes", ["speaker"], [speaker]), box = make("div", "", { class: "profile" });
  const dates = statements_.map(([part, first]) => corpus.date[documentOf(part, first)].slice(0, 10)).filter(Boolean).sort();
  const words = statements_.reduce((sum, hit) => sum + hit[3], 0), quoted = statements_.reduce((sum, hit) => sum + hit[4], 0);
  const facts = make("p", `${plural(words, "word")}, ${wholeNumber(quoted)} of them in quotation marks and ${wholeNumber(words - quoted)} reported.` + (dates.length ? ` First seen ${dates[0]}, last ${dates.at(-1)}. ` : " "));
  const mentions = findRows(corpus, "entity_mentions", ["name"], [speaker]);
  if (mentions.length) facts.append(make("a", `${plural(mentions.length, "mention")} of the name`, { href: rowsHref("entity_mentions", ["name"], [speaker]) }));
  box.append(facts);
  const end = make("h3", "All statements");
  facts.append(" ", button("To the statements", "To the statements", () => end.scrollIntoView()));
  let any = false;
  for (const [name, column, title] of PROFILE) {
    if (!byId(`data-table-${name}`) || !byId(`table-${name}`)) continue;
    const block = await readBlock(`data-table-${name}`, corpus), rows = [...(block[column] ?? [])].flatMap((each, row) => (each === speaker ? [row] : []));
    if (!rows.length) continue;
    any ||= name.startsWith("speaker_");
    box.append(make("h3", title));
    if (name === "blame") box.append(make("p", "Most often: " + [...counted(rows.map((row) => block.target[row]))].slice(0, 5).map(([target, count]) => `${target} ${count}`).join(", ") + "."));
    if (name === "speaker_frames" && rows.every((row) => !(block.q?.[row] >= 0))) box.append(make("p", "Whether a difference is more than chance cannot be estimated from so few documents."));
    box.append(...profileTable(title, sheetOf(corpus, block), headsOf(name), rows, speaker));
  }
  if (!any) box.append(make("p", "Only the most quoted speakers have a profile (profiles in config.yaml)."));
  box.append(end);
  list.classList.add("wide-list");
  list.querySelector("ul").before(box);
};
