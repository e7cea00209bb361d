/* The rows behind a number: a list beside the page, with the sentences of all of them. */
const AT_ONCE = 60;
const TITLES = {
  quotes: "Statements of {}", entities: "Mentions of {}", entity_mentions: "Mentions of {}", frame_codes: "Cues of {}",
  tokens: "“{}”", sentences: "“{}”", "tokens near each other": "{} near each other",
};
const NOUNS = { quotes: "statement", entities: "mention", entity_mentions: "mention", frame_codes: "cue" };
const listTitle = (corpus, table, columns, values) => {
  if (table === "tokens of a group") return `“${values[0]}” in ${values[3] === "reference" ? "all groups but " : ""}${values[2]}`;
  const shown = values.map((value, at) => (columns[at] === "doc_id" ? corpus.title[corpus.docId.indexOf(value)] : columns[at] === "frame" ? value.replaceAll("_", " ") : value));
  return TITLES[table].replace("{}", () => shown.join(" · "));
};
const rowsHref = (table, columns, values) => "#rows=" + encodeURIComponent(JSON.stringify([table, columns, values]));
/* A sentence with the tokens of a hit marked. */
const sentenceWith = (corpus, part, place, from, length) => {
  const quote = make("q"), to = Math.min(from + length, place.to), entry = corpus.entry[part.tokens[from]] ?? "";
  const lead = entry.slice(0, entry.length - entry.trimStart().length);
  quote.append(textOf(corpus, part, place.from, from), from > place.from ? lead : "", make("mark", textOf(corpus, part, from, to)));
  for (let at = to; at < place.to; at += 1) quote.append(corpus.entry[part.tokens[at]]);
  return quote;
};
const fillList = (corpus, list, title, noun, found) => {
  const counts = new Map(), documentOf = new Map(found.map((hit) => [hit, placed(hit[0], hit[1]).document]));
  for (const row of documentOf.values()) counts.set(row, (counts.get(row) ?? 0) + 1);
  /* Documents with the most rows first. */
  const hits = [...found].sort((a, b) => {
    const x = documentOf.get(a), y = documentOf.get(b);
    return counts.get(y) - counts.get(x) || x - y || a[1] - b[1];
  });
  const places = hits.map(([part, first]) => placed(part, first));
  const sentences = new Set(places.map((place) => place.document * 65536 + place.sentence)), documents = new Set(places.map((place) => place.document));
  list.querySelector("h2").textContent = shortened(title, 200);
  const rows = plural(hits.length, noun), distinct = plural(sentences.size, "sentence");
  /* The first number is the one that the table has: of frames it counts sentences. */
  list.querySelector("p").textContent = `${noun === "cue" ? `${distinct} with ${rows}` : `${rows} in ${distinct}`} of ${plural(documents.size, "document")}`;
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
  const [table, columns, values] = key;
  byId("rows")?.remove();
  const list = emptyList();
  document.querySelector(".lists").append(list);
  list.focus({ preventScroll: true });
  try {
    const corpus = await readCorpus();
    if (table === "quotes" && columns[0] === "speaker") list.querySelector("ul").before(speakerGlance(corpus, values[0]));
    fillList(corpus, list, listTitle(corpus, table, columns, values), NOUNS[table] ?? "time", findRows(corpus, table, columns, values));
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
