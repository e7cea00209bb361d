/* The profile of a speaker, above the statements: the rows about the speaker in tables of the page. */
/** Tables of a profile: name, column with the speaker, and title. */
const PROFILE = [
  ["speaker_periods", "speaker", "By group and month"],
  ["speaker_frames", "speaker", "Frames voiced, against all other speakers"],
  ["blame", "speaker", "Who is held responsible"],
  ["speaker_words", "speaker", "Key words against all other statements"],
  ["speaker_neighbours", "speaker", "Quoted in the same documents as"],
];
const MOST_SHOWN = 12;
/** @type {(name: string) => string[]} */
const headsOf = (name) =>
  Array.from(document.querySelectorAll(`#table-${name} thead th`), (head) => head.textContent ?? "");
/** @type {(column: SheetColumn, head: string) => HTMLElement} */
const profileHead = (column, head) =>
  make("th", head, column.numeric ? { scope: "col", class: "num" } : { scope: "col" });
/**
 * Rows of a table of the page as a small table, without empty columns and the column with the speaker.
 * @type {(title: string, sheet: Sheet, heads: string[], rows: number[], speaker: string) => HTMLElement[]}
 */
const profileTable = (title, sheet, heads, rows, speaker) => {
  const shown = sheet.columns
    .map((column, at) => ({ column, head: heads[at] }))
    .filter(({ column }) => rows.some((row) => column.value(row) !== speaker && column.text(row)));
  const head = make("tr");
  head.append(...shown.map((each) => profileHead(each.column, each.head)));
  const top = make("thead");
  top.append(head);
  const body = make("tbody");
  /** @type {(end: number) => void} */
  const draw = (end) => {
    for (const row of rows.slice(body.rows.length, end)) {
      const line = make("tr");
      line.append(...shown.map((each) => linkedCell(each.column, row, each.head)));
      body.append(line);
    }
  };
  draw(MOST_SHOWN);
  const table = make("table");
  table.append(top, body);
  const box = region("scroll", title);
  box.append(table);
  if (rows.length <= MOST_SHOWN) return [box];
  const more = button(`All ${wholeNumber(rows.length)}`, `All ${wholeNumber(rows.length)} rows`, () => {
    draw(rows.length);
    more.remove();
  });
  return [box, more];
};
/**
 * Distinct values with their counts, the most frequent first.
 * @type {(values: string[]) => [string, number][]}
 */
const byCount = (values) => {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const value of values) addTo(counts, value);
  return [...counts].sort((a, b) => b[1] - a[1] || collator.compare(a[0], b[0]));
};
/**
 * A sentence about the statements of a speaker: words, and the first and last date.
 * @type {(corpus: Corpus, hits: Hit[]) => string}
 */
const aboutStatements = (corpus, hits) => {
  const dates = hits
    .map(([part, first]) => corpus.date[documentOf(part, first)].slice(0, 10))
    .filter(Boolean)
    .sort();
  const words = AMOUNTS.words(hits, []);
  const quoted = AMOUNTS.quoted(hits, []);
  const sizes = `${plural(words, "word")}, ${wholeNumber(quoted)} of them in quotation marks`;
  const seen = dates.length ? ` First seen ${dates[0]}, last ${dates[dates.length - 1]}. ` : " ";
  return `${sizes} and ${wholeNumber(words - quoted)} reported.${seen}`;
};
/**
 * A sentence about the rows of a speaker in a table; empty for most tables.
 * @type {(name: string, block: Block, rows: number[]) => string}
 */
const aboutRows = (name, block, rows) => {
  if (name === "blame") {
    const most = byCount(rows.map((row) => block.target[row])).slice(0, 5);
    return `Most often: ${most.map(([target, count]) => `${target} ${count}`).join(", ")}.`;
  }
  const untested = name === "speaker_frames" && rows.every((row) => !(block.q?.[row] >= 0));
  return untested ? "Whether a difference is more than chance cannot be estimated from so few documents." : "";
};
/**
 * The part of a profile from one table of the page; empty if the table has no rows of the speaker.
 * @type {(corpus: Shared, table: string[], speaker: string) => Promise<HTMLElement[]>}
 */
const profilePart = async (corpus, [name, column, title], speaker) => {
  if (!byId(tableId(name)) || !byId(`table-${name}`)) return [];
  const block = await readBlock(tableId(name), corpus);
  /** @type {string[]} */
  const values = block[column] ?? [];
  const rows = values.flatMap((each, row) => (each === speaker ? [row] : []));
  if (!rows.length) return [];
  const about = aboutRows(name, block, rows);
  const sheet = sheetOf(corpus, block);
  return [
    make("h3", title),
    ...(about ? [make("p", about)] : []),
    ...profileTable(`Profile: ${title}`, sheet, headsOf(name), ofGroups(sheet, rows), speaker),
  ];
};
/**
 * The part of a profile from the page's corpus itself.
 * @type {(corpus: Corpus, speaker: string, end: HTMLElement) => HTMLElement}
 */
const speakerFacts = (corpus, speaker, end) => {
  const facts = make("p", aboutStatements(corpus, findRows(corpus, "quotes", ["speaker"], [speaker])));
  const mentions = findRows(corpus, "entity_mentions", ["name"], [speaker]).length;
  if (mentions) {
    const href = rowsHref("entity_mentions", ["name"], [speaker]);
    facts.append(make("a", `${plural(mentions, "mention")} of the name`, { href }));
  }
  facts.append(
    " ",
    button("To the statements", "To the statements", () => end.scrollIntoView()),
  );
  return facts;
};
/**
 * Put the profile of a speaker above the statements; with a corpus beside the page, it has only the tables' rows.
 * @type {(corpus: Shared, list: HTMLElement, speaker: string) => Promise<void>}
 */
const addProfile = async (corpus, list, speaker) => {
  const end = make("h3", "All statements");
  const box = make("div", "", { class: "profile" });
  if (corpus.parts) box.append(speakerFacts(/** @type {Corpus} */ (corpus), speaker, end));
  let any = false;
  for (const table of PROFILE) {
    const parts = await profilePart(corpus, table, speaker);
    any ||= parts.length > 0 && table[0].startsWith("speaker_");
    box.append(...parts);
  }
  if (!any) box.append(make("p", "Only the most quoted speakers have a profile (profiles in config.yaml)."));
  box.append(end);
  list.classList.add("wide-list");
  elementIn(list, "ul").before(box);
};
