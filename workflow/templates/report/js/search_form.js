/* The search form: it searches as a reader types, and shows lines and counts by group. */
/**
 * A function that shows the lines of a search, a page at a time.
 * @type {(lines: HTMLElement) => (found: FoundLines) => Promise<void>}
 */
const linesView = (lines) => {
  /** @type {FoundLines | undefined} */
  let shown;
  let page = 0;
  const tools = make("div", "", { class: "tools" });
  const draw = async () => {
    if (!shown) return;
    const found = shown;
    const to = Math.min(found.size, (page + 1) * found.atOnce);
    const rows = await found.rows(page * found.atOnce, to);
    if (found !== shown) return;
    elementIn(lines, "tbody").replaceChildren(...rows);
    back.disabled = page === 0;
    next.disabled = to === found.size;
    csv.hidden = !found.all;
    tools.hidden = !found.size;
    lines.hidden = !found.size;
  };
  /** @type {(pages: number) => Promise<void>} */
  const turn = (pages) => {
    page += pages;
    return draw();
  };
  const back = button("Previous", "Previous lines", () => turn(-1));
  const next = button("Next", "Next lines", () => turn(1));
  const csv = button("CSV", "Save all lines as CSV", () => {
    if (shown?.all) saveLines("concordance", shown.all());
  });
  tools.append(back, next, csv);
  tools.hidden = true;
  lines.before(tools);
  return (found) => {
    shown = found;
    page = 0;
    return draw();
  };
};
/**
 * A function that shows the counts of a search in a table, and their intervals after a pause.
 * @type {(groups: HTMLElement) => (found: FoundCounts) => void}
 */
const countsView = (groups) => {
  /** @type {FoundCounts | undefined} */
  let shown;
  let waiting = 0;
  const table = /** @type {HTMLTableElement} */ (elementIn(groups, "table"));
  const [body, heads] = [table.tBodies[0], table.querySelectorAll("th")];
  const tools = make("div", "", { class: "tools" });
  const csv = button("CSV", "Save the counts as CSV", () => {
    if (shown?.corpus) saveLines("counts", countLines(shown.corpus, shown));
  });
  const more = button("", "Show all counts", () => draw(Number.POSITIVE_INFINITY));
  tools.append(more, csv);
  tools.hidden = true;
  groups.before(tools);
  /** @type {(most: number) => void} */
  const draw = (most) => {
    clearTimeout(waiting);
    if (!shown) return;
    const { corpus, counts, areGroups, areRated } = shown;
    const first = counts.slice(0, most);
    more.textContent = `All ${wholeNumber(counts.length)}`;
    more.hidden = first.length === counts.length;
    body.replaceChildren(...first.map((count) => groupRow(count, areGroups, corpus !== undefined)));
    for (const row of body.rows)
      for (const [at, cell] of [...row.cells].entries()) cell.dataset.label = heads[at].textContent ?? "";
    groups.classList.toggle("unrated", !areRated);
    if (!corpus || !areRated) return;
    waiting = setTimeout(() => {
      for (const [at, row] of [...body.children].entries()) {
        const [lo, hi] = rateInterval(corpus, first[at].tally);
        elementIn(row, "td:last-child").textContent = numberInterval(lo, hi);
      }
    }, ASK_PAUSE);
  };
  return ({ corpus, by, counts: all, areGroups, areRated }) => {
    const counts = areGroups ? all.filter(({ group }) => !isHidden(group)) : all;
    if (areGroups && groupsShown().order) counts.sort((a, b) => byRank(a.group, b.group));
    shown = { corpus, by, counts, areGroups, areRated };
    const isThere = counts.length > 1 && counts.some(({ hits }) => hits > 0);
    groups.hidden = !isThere;
    tools.hidden = !isThere;
    csv.hidden = !corpus;
    heads[0].textContent = by;
    draw(MOST_GROUPS);
  };
};
/**
 * Show the search form, which calls `search` when a reader pauses typing; `ways` are the ways of grouping counts.
 * @type {(search: Search, ways: Promise<string[]>, pause: number) => void}
 */
const furnishSearch = (search, ways, pause) => {
  const section = elementIn(document, "#search");
  section.hidden = false;
  const form = /** @type {HTMLFormElement} */ (elementIn(section, "form"));
  const status = elementIn(section, "[role=status]");
  const showCounts = countsView(elementIn(section, ".by-group"));
  const showLines = linesView(elementIn(section, ".lines"));
  /** @type {(name: string) => HTMLInputElement} */
  const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  const offered = ways.then((names) =>
    field("group").append(...names.map((value) => make("option", value, { value }))),
  );
  /* If the corpus cannot be read, a search will say so. */
  offered.catch(() => {});
  let run = 0;
  let hasRun = false;
  const show = async () => {
    await offered;
    run += 1;
    const own = run;
    const options = {
      query: field("query").value,
      within: field("within").value,
      speaker: field("speaker").value,
    };
    const [, place] = PLACE.exec(options.query) ?? [];
    if (place) {
      location.hash = place;
      return;
    }
    if (!hasRun) status.textContent = "Looking …";
    const begun = performance.now();
    const { text, counts, lines } = await search(options, field("group").value, field("sort").value);
    if (own !== run) return;
    hasRun = true;
    status.textContent = text;
    const both = bothOf(options.query);
    if (both) {
      const phrase = tried(`"${options.query.trim()}"`);
      status.append(". Searched as ", phrase, ", a phrase; in one sentence, in any order: ", tried(both));
    }
    showCounts(counts);
    await showLines(lines);
    section.dataset.milliseconds = String(Math.round(performance.now() - begun));
  };
  const showSafely = () =>
    show().catch((error) => {
      status.textContent = messageOf(error);
    });
  /**
   * A button that searches for a query.
   * @type {(query: string) => HTMLElement}
   */
  const tried = (query) =>
    button(query, `Search for ${query}`, () => {
      field("query").value = query;
      showSafely();
    });
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(showSafely, pause);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    showSafely();
  });
  addEventListener(CHOSEN, () => {
    if (hasRun) showSafely();
  });
};
/** Ways of grouping with more than one group. @type {(groups: Map<string, string[]>) => string[]} */
const partedGroups = (groups) => [...groups].filter(([, values]) => new Set(values).size > 1).map(([name]) => name);
/**
 * The results of a search in the page's corpus, or in the choice if there is one.
 * @type {Search}
 */
const searchWhole = async (options, by, sort) => {
  const corpus = await readCorpus();
  const values = corpus.groups.get(by);
  const [side] = asked.sides;
  const every = searchCorpus(corpus, options);
  const found = side ? hitsOfSide(side, "", every) : every;
  const documents = documentsOf(found);
  const words = wordsByDocument(corpus, options, side?.chosen);
  const tallies = values
    ? countGroups(countsByDocument(corpus.docId.length, documents), values, words)
    : countStretches(corpus, by, found, options, side?.chosen);
  let total = 0;
  for (const count of words) total += count;
  const text = foundText(options, found.length, new Set(documents).size, total);
  const sorted = sortHits(corpus, found, documents, sort, values ?? corpus.date);
  const groups = corpus.groups.get("group");
  return {
    text: side && text ? `${text.replace("in the corpus", "chosen")} · ${side.text}` : text,
    counts: {
      corpus,
      by,
      counts: groupCounts(tallies, hasWords(options)),
      areGroups: Boolean(groups) && values?.join("\n") === groups?.join("\n"),
      areRated: hasWords(options),
    },
    lines: {
      size: sorted.length,
      atOnce: LINES,
      rows: (from, to) => sorted.slice(from, to).map((hit) => concordanceRow(corpus, hit)),
      all: () => concordanceLines(corpus, sorted),
    },
  };
};
/** Show the search form with the ways of grouping that this corpus has. */
const furnishWholeSearch = () => {
  const ways = readShared().then(({ groups, topics }) => [
    ...partedGroups(groups),
    ...Object.keys(STRETCHES).filter((name) => name !== "topic" || topics.length > 0),
  ]);
  furnishSearch(searchWhole, ways, PAUSE);
};
