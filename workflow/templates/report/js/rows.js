/* The rows behind a number: a list beside the page, with the sentences of all of them. */
const AT_ONCE = 60;
const TITLES = {
  quotes: "Statements of {speaker}", "quotes of a group": "Statements of {speaker}: {value}", "statements of a group": "Statements in {value}", "quotes beside": "Statements of {speaker} and {other} where both are quoted",
  refusals: "Refusals of {speaker} to speak", "sentences of a voice": "Sentences voiced by {name}", "said about": "What {speaker} says about {name}",
  entities: "Mentions of {entity}", entity_mentions: "Mentions of {name}", "names together": "{name1} and {name2} in one sentence",
  frame_codes: "Cues of {frame}", "frames together": "{frame_a} and {frame_b} in one sentence", "no frame": "Sentences without a cue of {scheme}",
  tokens: "“{word}”", "tokens near each other": "“{word1}” and “{word2}” near each other", "documents of a group": "Documents: {value}",
  "documents opened by": "Documents that quote {speaker} first", quote_reuse: "Occurrences of passage {family}", reference_coverage: "What {outlet} quotes of {text}", valence: "Sentences: {relation}",
};
/* What a row of each kind is. */
const NOUNS = {
  quotes: "statement", "quotes of a group": "statement", "statements of a group": "statement", "quotes beside": "statement", refusals: "refusal", "said about": "statement", entities: "mention", entity_mentions: "mention",
  frame_codes: "cue", "documents of a group": "document", "sentences of a voice": "sentence", "no frame": "sentence", "names together": "sentence", "frames together": "sentence",
  quote_sources: "statement", "documents opened by": "document", quote_reuse: "occurrence", reference_coverage: "passage", valence: "sentence",
};
/* The title of a list: what its kind says of the key, and whatever else the key has. */
const listTitle = (corpus, table, columns, values) => {
  const known = Object.fromEntries(columns.map((name, at) => [name, values[at]]));
  const shown = (name) => (["doc_id", "frame", "frame_a", "frame_b", "scheme"].includes(name) ? (name === "doc_id" ? corpus.title[corpus.docId.indexOf(known[name])] : known[name].replaceAll("_", " ")) : known[name]);
  if (table === "tokens of a group") return `“${known.word}” in ${known.side === "reference" ? "all groups but " : ""}${known.column === "doc_id" ? corpus.title[corpus.docId.indexOf(values[2])] : values[2]}`;
  if (table === "word in a document") return `“${known.norm}” in ${corpus.title[corpus.docId.indexOf(known.document)]}`;
  if (table === "words of a speaker") return `${known.word ? `“${known.word}”` : "Words"} in statements of ${{ target: known.speaker, reference: `all but ${known.speaker}`, all: "anybody" }[known.side]}`;
  if (table === "sentences") return `“${values.join(" ")}”`;
  if (table === "documents of a group" && known.by === "doc_id") return corpus.title[corpus.docId.indexOf(known.value)];
  if (table === "quote_sources") return ["Statements", ...columns.filter((name) => name !== "side" && !(known.side === "total" && name === "value")).map((name) => known[name]).filter((value) => value !== EVERY)].join(" · ");
  const used = new Set(), title = TITLES[table].replace(/\{(\w+)\}/g, (_, name) => { used.add(name); return shown(name); });
  return [title, ...columns.filter((name) => !used.has(name) && !["by", "of"].includes(name)).map(shown)].join(" · ");
};
const rowsHref = (table, columns, values, unit = "") => "#rows=" + encodeURIComponent(JSON.stringify([table, columns, values, unit]));
/* What a link counts, where it does not say: cues are counted by sentence, sources as their measure has it. */
const unitOf = (table, known) => ({ frame_codes: "sentences", "statements of a group": known.side === "anybody" ? "quoted" : "rows", quote_sources: measured(known) }[table] ?? "rows");
const UNITS = { quoted: "word", reported: "reported word", "all sentences": "sentence" };
/* How many there are, by unit. */
const amounts = (hits, places) => {
  const distinct = (key) => new Set(places.map(key)).size, sum = (at) => hits.reduce((total, hit) => total + (hit[at] ?? 0), 0);
  const kinds = () => new Set(hits.flatMap((hit) => hit[5] ?? [])).size;
  return {
    rows: () => hits.length, sentences: () => distinct((place) => place.document * 65536 + place.sentence), documents: () => distinct((place) => place.document),
    words: () => sum(3), quoted: () => sum(4), reported: () => sum(3) - sum(4), "all sentences": () => sum(4), speakers: kinds, values: kinds, outlets: kinds,
  };
};
/* How many there are of everything; first what the number that led here counts. */
const tally = (hits, places, noun, first) => {
  const count = amounts(hits, places), named = (unit) => plural(count[unit](), unit === "rows" ? noun : UNITS[unit] ?? unit.slice(0, -1)) + (unit === "quoted" ? " in quotation marks" : "");
  const others = ["rows", "sentences", "documents"].filter((name) => name !== first && !(name === `${noun}s`) && !(first === `${noun}s` && name === "rows"));
  return `${named(first)}: ${others.map(named).join(", ")}`;
};
/* A share and what it is of; the count that it is made of stands after it. */
const shareOf = (corpus, table, known, unit, hits) => {
  const { group, value = group, but } = known, ofSources = table === "quote_sources", ofFrames = table === "frame_codes", whole = { ...known, side: "total" };
  const found = ofSources ? FINDERS[table](corpus, whole) : FINDERS["documents of a group"](corpus, { value: but ?? value, side: but && "reference", of: ofFrames && "parsed" });
  const of = ofSources ? measured(whole) : ofFrames ? "all sentences" : "words";
  const count = (rows, each) => amounts(rows, rows.map(([part, first]) => placed(part, first)))[each](), total = count(found, of);
  return `${percent(count(hits, unit) / total)} of ${wholeNumber(total)} · `;
};
/* A sentence with the tokens of a hit marked. */
const sentenceWith = (corpus, part, place, from, length) => {
  const quote = make("q"), to = Math.min(from + length, place.to), entry = corpus.entry[part.tokens[from]] ?? "";
  const lead = entry.slice(0, entry.length - entry.trimStart().length);
  quote.append(textOf(corpus, part, place.from, from), from > place.from ? lead : "", make("mark", textOf(corpus, part, from, to)));
  for (let at = to; at < place.to; at += 1) quote.append(corpus.entry[part.tokens[at]]);
  return quote;
};
const fillList = (corpus, list, title, noun, unit, found, share) => {
  const counts = new Map(), documentOf_ = new Map(found.map((hit) => [hit, placed(hit[0], hit[1]).document]));
  for (const row of documentOf_.values()) counts.set(row, (counts.get(row) ?? 0) + 1);
  /* Documents with the most rows first. */
  const hits = [...found].sort((a, b) => {
    const x = documentOf_.get(a), y = documentOf_.get(b);
    return counts.get(y) - counts.get(x) || x - y || a[1] - b[1];
  });
  const places = hits.map(([part, first]) => placed(part, first));
  list.querySelector("h2").textContent = shortened(title, 200);
  list.querySelector("p").textContent = share + tally(hits, places, noun, unit);
  const items = list.querySelector("ul");
  items.replaceChildren();
  let shown = 0, item, document_;
  const more = button("Show more", "Show more sentences", () => draw());
  const draw = () => {
    const end = Math.min(hits.length, shown + AT_ONCE);
    for (; shown < end; shown += 1) {
      const [part, first, length] = hits[shown], place = places[shown];
      if (place.document !== document_) {
        items.append(item = make("li"));
        document_ = place.document;
        const name = make("b", shortened(corpus.title[document_], 90));
        if (documentFacts(corpus, document_)) name.append(make("small", documentFacts(corpus, document_)));
        item.append(name);
      }
      item.append(make("a", String(place.sentence + 1), { href: sentenceHref(corpus, place), "aria-label": `Sentence ${place.sentence + 1}` }), " ", sentenceWith(corpus, part, place, first, length));
    }
    more.hidden = shown === hits.length;
  };
  draw();
  list.querySelector(".more-rows")?.remove();
  const foot = make("div", "", { class: "tools more-rows" });
  foot.append(more);
  list.append(foot);
};
const emptyList = () => {
  const list = make("section", "", { class: "list open", id: "rows", "aria-labelledby": "rows-h", tabindex: "-1" });
  list.append(make("h2", "…", { id: "rows-h" }), make("a", "Close", { class: "close", href: "#answer" }), make("p", "Looking …", { role: "status" }), make("ul"));
  return list;
};
const openRows = async (key) => {
  const [table, columns, values, unit] = key;
  byId("rows")?.remove();
  const list = emptyList();
  document.querySelector(".lists").append(list);
  list.focus({ preventScroll: true });
  try {
    const corpus = await readCorpus(), known = Object.fromEntries(columns.map((name, at) => [name, values[at]]));
    if (IN_TABLES.includes(table)) corpus[table] ??= await readBlock(`data-table-${table}`, corpus);
    const hits = FINDERS[table](corpus, known), counted = (unit !== "share" && unit) || unitOf(table, known);
    const share = unit === "share" ? shareOf(corpus, table, known, counted, hits) : "";
    fillList(corpus, list, listTitle(corpus, table, columns, values), NOUNS[table] ?? "time", counted, hits, share);
    if (table === "quotes" && !unit) await addProfile(corpus, list, values[0]);
  } catch (error) {
    list.querySelector("p").textContent = error.message;
  }
};

/* Where the address of the page leads: a document, a sentence of it, or rows. */
const follow = async () => {
  const hash = location.hash.slice(1);
  if (!hash.startsWith("rows=")) byId("rows")?.remove();
  try {
    if (hash.startsWith("rows=")) return await openRows(JSON.parse(decodeURIComponent(hash.slice(5))));
    const list = hash ? byId(hash) : null;
    if (list?.matches(".list[data-key]")) return await openRows(JSON.parse(list.dataset.key));
    const [anchor, sentence] = hash.split("-s"), corpus = await readShared();
    if (!corpus.byAnchor.has(anchor)) return undefined;
    const target = await openDocument(corpus.byAnchor.get(anchor), sentence === undefined ? undefined : Number(sentence));
    target?.scrollIntoView();
    target?.closest(".reading").focus({ preventScroll: true });
  } catch (error) {
    byId("reading-room")?.querySelector(".shown").replaceChildren(make("p", error.message, { role: "alert" }));
  }
  return undefined;
};
let listOpened = false;
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  if (!link) return;
  if (link.classList.contains("close") && listOpened) { event.preventDefault(); history.back(); }
  listOpened = !link.classList.contains("close") && (link.getAttribute("href").startsWith("#rows=") || Boolean(byId(link.getAttribute("href").slice(1))?.matches(".list")));
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector(".list:is(:target, .open) .close")?.click();
});
