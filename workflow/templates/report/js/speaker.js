/* A speaker at a glance, above the list of statements: by group and month, frames voiced, and who is quoted beside. */
const MOST_BESIDE = 6;
const glanceTable = (heads, rows) => {
  const table = make("table"), head = make("tr"), body = make("tbody");
  heads.forEach((text, at) => head.append(make("th", text, at ? { scope: "col", class: "num" } : { scope: "col" })));
  for (const [name, ...counts] of rows) {
    const row = make("tr");
    row.append(make("td", shortened(name, 60) || "(none)"), ...counts.map((count) => make("td", wholeNumber(count), { class: "num" })));
    body.append(row);
  }
  const top = make("thead");
  top.append(head);
  table.append(top, body);
  return table;
};
/* Rows of [value, sums ...], the heaviest first or in the order of the values. */
const summed = (entries, byName) => {
  const rows = new Map();
  for (const [name, ...counts] of entries) {
    const row = rows.get(name) ?? [name, ...counts.map(() => 0)];
    counts.forEach((count, at) => { row[at + 1] += count; });
    rows.set(name, row);
  }
  return [...rows.values()].sort((a, b) => (byName ? collator.compare(a[0], b[0]) : b[1] - a[1] || collator.compare(a[0], b[0])));
};
const speakerGlance = (corpus, name) => {
  const number = corpus.names.indexOf(name), statements = [], documents = new Set();
  for (const part of corpus.parts) part.quotes.speaker.forEach((each, row) => {
    if (each !== number) return;
    const { document: place } = placed(part, part.quotes.first[row]);
    documents.add(place);
    statements.push([place, part.quotes.words[row], part.quotes.quoted[row]]);
  });
  const box = make("details", "", { class: "glance" }), dates = [...documents].map((row) => corpus.date[row].slice(0, 10)).filter(Boolean).sort();
  box.append(make("summary", "At a glance: groups, months, frames, who is quoted beside"));
  if (dates.length) box.append(make("p", `First ${dates[0]}, last ${dates.at(-1)}.`));
  for (const key of ["group", "month"]) {
    const values = corpus.groups.get(key);
    if (!values || new Set(values).size < 2) continue;
    const rows = summed(statements.map(([row, words, quoted]) => [values[row], 1, words, quoted]), key === "month");
    box.append(glanceTable([key, "statements", "words", "in quotation marks"], rows));
  }
  const frames = corpus.parts.flatMap(({ codes }) => [...codes.speaker].flatMap((each, row) => {
    const [scheme, frame] = corpus.patterns[codes.pattern[row]];
    return each === number ? [[`${frame.replaceAll("_", " ")} (${scheme})`, 1]] : [];
  }));
  if (frames.length) box.append(glanceTable(["frame voiced", "cues"], summed(frames).slice(0, MOST_BESIDE)));
  const beside = new Set();
  for (const part of corpus.parts) part.quotes.speaker.forEach((each, row) => {
    const place = placed(part, part.quotes.first[row]).document;
    if (each !== number && corpus.names[each] && documents.has(place)) beside.add(`${each} ${place}`);
  });
  const others = summed([...beside].map((pair) => [corpus.names[pair.split(" ")[0]], 1])).slice(0, MOST_BESIDE);
  if (others.length) box.append(glanceTable(["quoted beside", "documents"], others));
  return box;
};
