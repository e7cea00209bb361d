/* The rows behind a number: a list beside the page with their sentences. */
const AT_ONCE = 60;
/** @type {(table: string, columns: string[], values: string[], unit?: string) => string} */
const rowsHref = (table, columns, values, unit = "") =>
  `#rows=${encodeURIComponent(JSON.stringify([table, columns, values, unit]))}`;
/** The view, if there is one, as the end of the address of a list. */
const withView = () => viewHash(asked.view).replace("#answer", "").replace("#", "&");
/**
 * The unit that a link counts if it states none: sentences for cues, and for sources the unit of their measure.
 * @type {(table: string, known: Wanted) => string}
 */
const unitOf = (table, known) => {
  if (table === "frame_codes") return "sentences";
  if (table === "statements of a group") return known.side === "anybody" ? "quoted" : "rows";
  return table === "quote_sources" ? measured(known) : "rows";
};
/**
 * Functions that count hits, by unit.
 * @type {Record<string, (hits: Hit[], places: Place[]) => number>}
 */
const AMOUNTS = {
  rows: (hits) => hits.length,
  sentences: (_, places) => new Set(places.map((place) => `${place.document} ${place.sentence}`)).size,
  documents: (_, places) => new Set(places.map((place) => place.document)).size,
  words: (hits) => hits.reduce((total, [, , , words]) => total + (words ?? 0), 0),
  quoted: (hits) => hits.reduce((total, [, , , , quoted]) => total + (quoted ?? 0), 0),
  reported: (hits, places) => AMOUNTS.words(hits, places) - AMOUNTS.quoted(hits, places),
  "all sentences": (hits, places) => AMOUNTS.quoted(hits, places),
  values: (hits) => new Set(hits.map(([, , , , , value]) => value).filter((value) => value !== undefined)).size,
  speakers: (hits, places) => AMOUNTS.values(hits, places),
  outlets: (hits, places) => AMOUNTS.values(hits, places),
};
/**
 * Nouns of units whose noun is not the unit's name without its last letter.
 * @type {Record<string, string>}
 */
const UNIT_NOUNS = { quoted: "word", reported: "reported word", "all sentences": "sentence" };
/**
 * The amounts of a list in words, beginning with the one that the link's number counts.
 * @type {(hits: Hit[], places: Place[], noun: string, first: string) => string}
 */
const tally = (hits, places, noun, first) => {
  /** @type {(unit: string) => string} */
  const counted = (unit) => {
    const called = unit === "rows" ? noun : (UNIT_NOUNS[unit] ?? unit.slice(0, -1));
    return plural(AMOUNTS[unit](hits, places), called) + (unit === "quoted" ? " in quotation marks" : "");
  };
  /** @type {(unit: string) => boolean} */
  const isFirst = (unit) => unit === first || unit === `${noun}s` || (unit === "rows" && first === `${noun}s`);
  /* A list of documents shows their first sentences, which must not be counted. */
  const others = ["rows", "sentences", "documents"].filter(
    (unit) => !isFirst(unit) && (noun !== "document" || unit === "rows"),
  );
  return [counted(first), others.map(counted).join(", ")].filter(Boolean).join(": ");
};
/** @type {(hits: Hit[]) => Place[]} */
const placesOf = (hits) => hits.map(([part, first]) => placed(part, first));
/**
 * The hits that make up the whole of a share, and the unit in which it is counted.
 * @type {(corpus: Corpus, table: string, known: Wanted) => [Hit[], string]}
 */
const wholeOf = (corpus, table, known) => {
  const { group, value = group, but } = known;
  if (table === "quote_sources") {
    const whole = { ...known, side: "total" };
    return [FINDERS.quote_sources(corpus, whole), measured(whole)];
  }
  const ofFrames = table === "frame_codes";
  /** @type {Wanted} */
  const documents = { value: but ?? value };
  if (but) documents.side = "reference";
  if (ofFrames) documents.of = "parsed";
  return [FINDERS["documents of a group"](corpus, documents), ofFrames ? "all sentences" : "words"];
};
/**
 * A share and its whole as text, to which the count is appended.
 * @type {(corpus: Corpus, table: string, known: Wanted, unit: string, hits: Hit[]) => string}
 */
const shareOf = (corpus, table, known, unit, hits) => {
  const [whole, counted] = wholeOf(corpus, table, known);
  const total = AMOUNTS[counted](whole, placesOf(whole));
  return `${percent(AMOUNTS[unit](hits, placesOf(hits)) / total)} of ${wholeNumber(total)} · `;
};
/**
 * A sentence with the tokens of a hit marked.
 * @type {(corpus: Corpus, hit: Hit, place: Place) => HTMLElement}
 */
const sentenceWith = (corpus, [part, from, length], place) => {
  const to = Math.min(from + length, place.to);
  const entry = corpus.entry[part.tokens[from]] ?? "";
  const lead = from > place.from ? entry.slice(0, entry.length - entry.trimStart().length) : "";
  const quote = make("q");
  quote.append(textOf(corpus, part, place.from, from), lead, make("mark", textOf(corpus, part, from, to)));
  for (let at = to; at < place.to; at += 1) quote.append(corpus.entry[part.tokens[at]]);
  return quote;
};
/**
 * Hits with their places.
 * @type {(corpus: Corpus, hits: Hit[]) => LargeHit[]}
 */
const rowsOf = (corpus, hits) => hits.map((hit) => ({ corpus, hit, place: placed(hit[0], hit[1]) }));
/**
 * Rows sorted by document, documents with most rows first.
 * @type {(rows: LargeHit[]) => LargeHit[]}
 */
const byDocumentSize = (rows) => {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const { place } of rows) addTo(counts, place.document);
  /** @type {(row: LargeHit) => number} */
  const count = ({ place }) => counts.get(place.document) ?? 0;
  return rows.sort((a, b) => count(b) - count(a) || a.place.document - b.place.document || a.hit[1] - b.hit[1]);
};
/** @type {(corpus: Corpus, row: number) => HTMLLIElement} */
const documentItem = (corpus, row) => {
  const name = make("b", shortened(corpus.title[row], 90));
  const facts = documentFacts(corpus, row);
  if (facts) name.append(make("small", facts));
  const item = make("li");
  item.append(name);
  return item;
};
/**
 * A function that appends rows to a list one by one, each below its document.
 * @type {(items: HTMLElement) => (row: LargeHit) => void}
 */
const rowWriter = (items) => {
  let last = "";
  let item = make("li");
  return ({ corpus, hit, place }) => {
    const anchor = corpus.anchor[place.document];
    if (anchor !== last) {
      last = anchor;
      item = documentItem(corpus, place.document);
      items.append(item);
    }
    const number = String(place.sentence + 1);
    const attributes = { href: sentenceHref(corpus, place), "aria-label": `Sentence ${number}` };
    item.append(make("a", number, attributes), " ", sentenceWith(corpus, hit, place));
  };
};
/**
 * Show the sentences of rows in a list below their documents, some at a time.
 * @type {(list: HTMLElement, rows: RowReader) => Promise<void>}
 */
const fillItems = async (list, { read, left }) => {
  const show = rowWriter(elementIn(list, "ul"));
  const draw = async () => {
    for (const row of await read()) show(row);
    more.hidden = !left();
  };
  const more = button("Show more", "Show more sentences", draw);
  const foot = make("div", "", { class: "tools more-rows" });
  foot.append(more);
  list.append(foot);
  await draw();
};
const emptyList = () => {
  const attributes = { class: "list open", id: "rows", "aria-labelledby": "rows-h", tabindex: "-1" };
  const list = make("section", "", attributes);
  list.append(
    make("h2", "…", { id: "rows-h" }),
    make("a", "Close", { class: "close", href: "#answer" }),
    make("p", "Looking …", { role: "status" }),
    make("ul"),
  );
  return list;
};
/** @type {(list: HTMLElement, key: RowsKey) => Promise<void>} */
const fillList = async (list, [table, columns, values, unit, side]) => {
  const corpus = await readCorpus();
  const known = keyOf(columns, values);
  if (IN_TABLES.includes(table)) {
    corpus.tables ??= {};
    corpus.tables[table] ??= await readBlock(tableId(table), corpus);
  }
  const chosen = side && sideOf(corpus, { ...side, choice: cleanChoice(side.choice) });
  const every = FINDERS[table](corpus, known, chosen?.chosen.text);
  const hits = chosen ? hitsOfSide(chosen, table, every) : every;
  const counted = (unit !== "share" && unit) || unitOf(table, known);
  const share = unit === "share" ? shareOf(corpus, table, known, counted, hits) : "";
  const rows = byDocumentSize(rowsOf(corpus, hits));
  const title = shortened(listTitle(corpus, table, columns, values), 200);
  const ofWhole = asked.sides.length ? `${title} · in the whole corpus` : title;
  elementIn(list, "h2").textContent = chosen ? `${title} · ${chosen.text}` : ofWhole;
  elementIn(list, "p").textContent = share + tally(hits, placesOf(hits), NOUNS[table] ?? "time", counted);
  await fillItems(list, { read: async () => rows.splice(0, AT_ONCE), left: () => rows.length });
  if (table === "quotes" && !unit) await addProfile(corpus, list, values[0]);
};
/** @type {(error: unknown) => string} */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));
/** The element that had the focus when the list was opened. @type {(Element & HTMLOrSVGElement) | null} */
let listOpener = null;
/** Remove the list, and return the focus to where it was opened from if it was inside the list. */
const closeRows = () => {
  const list = byId("rows");
  const { activeElement } = document;
  /* Following the link that closes the list has moved the focus to the body before this runs. */
  const isInside = list && (activeElement === document.body || list.contains(activeElement));
  list?.remove();
  if (isInside && listOpener?.isConnected) listOpener.focus({ preventScroll: true });
};
/** @type {(key: RowsKey, fill: PageForm["fillRows"]) => Promise<void>} */
const openRows = async (key, fill) => {
  const { activeElement } = document;
  /* A list opened from another list returns to where the first was opened from. */
  if (!byId("rows")?.contains(activeElement)) listOpener = /** @type {HTMLElement | null} */ (activeElement);
  byId("rows")?.remove();
  const list = emptyList();
  elementIn(document, ".lists").append(list);
  list.focus({ preventScroll: true });
  try {
    await fill(list, key);
  } catch (error) {
    elementIn(list, "p").textContent = messageOf(error);
  }
};

/**
 * Scroll to an element, and keep it in place while tables above it are still being filled: for a second, or until the
 * reader moves on.
 * @type {(target: HTMLElement, block: ScrollLogicalPosition) => void}
 */
const land = (target, block) => {
  const show = () => target.scrollIntoView({ behavior: "instant", block });
  const grown = new ResizeObserver(show);
  const leave = () => grown.disconnect();
  show();
  grown.observe(document.body);
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(kind, leave, { once: true, passive: true });
  }
  setTimeout(leave, 1000);
};
/**
 * Open the folded parts of the page that contain an element, and scroll to it.
 * @type {(target: HTMLElement | null) => void}
 */
const unfold = (target) => {
  let [fold] = asElement(target?.closest("details"));
  if (!target || !fold) return;
  for (; fold; [fold] = asElement(fold.parentElement?.closest("details"))) {
    fold.setAttribute("open", "");
    fold.hidden = false;
  }
  land(target, "start");
};

/** The part of an address that names a document. */
const DOCUMENT = /^d[0-9a-f]{10}$/;
/**
 * The key of the rows that an address names.
 * @type {(text: string) => RowsKey}
 */
const rowsKey = (text) => {
  try {
    /** @type {RowsKey} */
    const key = JSON.parse(decodeURIComponent(text));
    if (Object.hasOwn(FINDERS, key[0]) && Array.isArray(key[1]) && Array.isArray(key[2])) return key;
  } catch {
    /* Text that is cut is no key either. */
  }
  throw new Error("The address has no list that can be read.");
};
/**
 * Open the target of an address within the page: a choice, rows, a document, or a sentence in it.
 * @type {(hash: string, form: PageForm) => Promise<void>}
 */
const openHash = async (hash, { ask, fillRows, openDocument: open }) => {
  /* Going back may lead to the address from before anything was chosen. */
  if (hash.startsWith("ask=") || (!hash && asked.sides.length)) {
    await ask(hash.slice(4) || "{}");
    return;
  }
  if (hash.startsWith("rows=")) {
    const [key, view] = hash.slice(5).split("&ask=");
    await openRows(rowsKey(key), fillRows);
    /* The address keeps the view, and a page just loaded shows it. */
    if (view && !asked.run) await ask(view);
    else history.replaceState(null, "", `#rows=${key}${withView()}`);
    return;
  }
  const [anchor, sentence] = hash.split("-s");
  const target = await open(anchor, sentence === undefined ? undefined : Number(sentence));
  if (target === undefined) {
    if (DOCUMENT.test(anchor)) throw new Error("The article of this address is not in this report.");
    unfold(byId(hash));
    return;
  }
  if (target) land(target, sentence === undefined ? "start" : "center");
  const [reading] = asElement(target?.closest(".reading"));
  reading?.focus({ preventScroll: true });
};
/** @type {(form: PageForm) => Promise<void>} */
const follow = async (form) => {
  const hash = location.hash.slice(1);
  if (!hash.startsWith("rows=")) closeRows();
  try {
    await openHash(hash, form);
  } catch (error) {
    const told = make("p", messageOf(error), { role: "alert" });
    openAnchor = "";
    elementIn(document, "#reading-room .shown").replaceChildren(told);
    land(told, "center");
  }
};
/** When a list is closed, by its link or by Escape, go back to the address it was opened from. */
const furnishLists = () => {
  let listOpened = false;
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
    if (!link) return;
    const closes = link.classList.contains("close");
    if (closes && listOpened) {
      event.preventDefault();
      history.back();
    } else if (closes) link.setAttribute("href", viewHash(asked.view));
    listOpened = !closes && Boolean(link.getAttribute("href")?.startsWith("#rows="));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const [close] = asElement(document.querySelector(".list.open .close"));
    close?.click();
  });
};
/** Add the tools that need no corpus; return whether the page can read one. */
const furnishPage = () => {
  document.documentElement.classList.add("js");
  furnishLists();
  for (const box of document.querySelectorAll(".table")) asElement(box).forEach(furnishTable);
  furnishExtras();
  if (byId("texts") && byId("answer")) furnishSheets();
  for (const figure of document.querySelectorAll("figure")) asElement(figure).forEach(furnishFigure);
  if (!isPacked()) return false;
  for (const link of document.querySelectorAll("a:is([data-rows], [data-place])")) {
    const [{ dataset }] = asElement(link);
    link.setAttribute("href", `#${dataset.place ?? `rows=${encodeURIComponent(dataset.rows ?? "")}`}`);
  }
  document.documentElement.classList.add("packed");
  return true;
};
