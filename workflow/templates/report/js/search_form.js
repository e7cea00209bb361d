/* The form of the search: it searches as a reader types, and shows lines and groups. */
/**
 * Lines of the search, a page at a time: a function that shows those of a corpus.
 * @type {(lines: HTMLElement) => (corpus: Corpus, hits: Hit[]) => void}
 */
const concordanceView = (lines) => {
  /** @type {Corpus | undefined} */
  let corpus;
  /** @type {Hit[]} */
  let hits = [];
  let page = 0;
  const tools = make("div", "", { class: "tools" });
  const draw = () => {
    const whole = corpus;
    if (!whole) return;
    const from = page * LINES;
    const to = Math.min(hits.length, from + LINES);
    const rows = hits.slice(from, to).map((hit) => concordanceRow(whole, hit));
    elementIn(lines, "tbody").replaceChildren(...rows);
    back.disabled = page === 0;
    next.disabled = to === hits.length;
    tools.hidden = !hits.length;
    lines.hidden = !hits.length;
  };
  /** @type {(pages: number) => void} */
  const turn = (pages) => {
    page += pages;
    draw();
  };
  const back = button("Previous", "Previous lines", () => turn(-1));
  const next = button("Next", "Next lines", () => turn(1));
  const csv = button("CSV", "Save all lines as CSV", () => {
    if (corpus) saveLines("concordance", concordanceLines(corpus, hits));
  });
  tools.append(back, next, csv);
  tools.hidden = true;
  lines.before(tools);
  return (whole, found) => {
    [corpus, hits, page] = [whole, found, 0];
    draw();
  };
};
/**
 * The table of counts: a function that shows those of a corpus, with their intervals as soon as there is time for them.
 * @type {(groups: HTMLElement) => (corpus: Corpus, by: string, counts: GroupCount[]) => void}
 */
const countsView = (groups) => {
  /** @type {{ corpus: Corpus, by: string, counts: GroupCount[] } | undefined} */
  let shown;
  let waiting = 0;
  const tools = make("div", "", { class: "tools" });
  tools.append(
    button("CSV", "Save the counts as CSV", () => {
      if (shown) saveLines("counts", countLines(shown.corpus, shown.by, shown.counts));
    }),
  );
  tools.hidden = true;
  groups.before(tools);
  return (corpus, by, all) => {
    clearTimeout(waiting);
    const groups_ = corpus.groups.get("group");
    const areGroups = Boolean(groups_) && corpus.groups.get(by)?.join("\n") === groups_?.join("\n");
    const counts = areGroups ? all.filter(({ group }) => !isHidden(group)) : all;
    if (areGroups && groupsShown().order) counts.sort((a, b) => byRank(a.group, b.group));
    shown = { corpus, by, counts };
    const isThere = counts.length > 1 && counts.some(({ hits }) => hits > 0);
    groups.hidden = !isThere;
    tools.hidden = !isThere;
    elementIn(groups, "th").textContent = by;
    const body = elementIn(groups, "tbody");
    const first = counts.slice(0, MOST_GROUPS);
    body.replaceChildren(...first.map((count) => groupRow(count, areGroups)));
    waiting = setTimeout(() => {
      for (const [at, row] of [...body.children].entries()) {
        const [lo, hi] = rateInterval(corpus, first[at].tally);
        elementIn(row, "td:last-child").textContent = interval(lo, hi, false);
      }
    }, ASK_PAUSE);
  };
};
/**
 * Add the choices that this corpus has to the form.
 * @type {(field: (name: string) => HTMLInputElement) => Promise<void>}
 */
const addChoices = async (field) => {
  const corpus = await readShared();
  const parted = [...corpus.groups].filter(([, values]) => new Set(values).size > 1).map(([name]) => name);
  const stretches = Object.keys(STRETCHES).filter((name) => name !== "topic" || corpus.topics.length > 0);
  for (const name of [...parted, ...stretches]) field("group").append(make("option", name, { value: name }));
};
const furnishSearch = () => {
  const section = byId("search");
  if (!section) return;
  section.hidden = false;
  const form = /** @type {HTMLFormElement} */ (elementIn(section, "form"));
  const status = elementIn(section, "[role=status]");
  const showCounts = countsView(elementIn(section, ".by-group"));
  const showLines = concordanceView(elementIn(section, ".lines"));
  /** @type {(name: string) => HTMLInputElement} */
  const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  /**
   * A button that searches for a query.
   * @type {(query: string) => HTMLElement}
   */
  const tried = (query) =>
    button(query, `Search for ${query}`, () => {
      field("query").value = query;
      search();
    });
  /** @type {(corpus: Corpus) => void} */
  const show = (corpus) => {
    const options = { query: field("query").value, within: field("within").value, speaker: field("speaker").value };
    const values = corpus.groups.get(field("group").value);
    const [side] = asked.sides;
    const every = searchCorpus(corpus, options);
    const found = side ? hitsOfSide(side, "", every) : every;
    const documents = documentsOf(found);
    const words = wordsByDocument(corpus, options, side?.chosen);
    const by = field("group").value;
    const tallies = values
      ? countGroups(documents, values, words)
      : countStretches(corpus, by, found, options, side?.chosen);
    showCounts(corpus, by, groupCounts(tallies));
    let total = 0;
    for (const count of words) total += count;
    const text = foundText(options, found, documents, total);
    status.textContent = side && text ? `${text} · ${side.text}` : text;
    const both = bothOf(options.query);
    if (both) {
      const phrase = tried(`"${options.query.trim()}"`);
      status.append(". Searched as ", phrase, ", a phrase; in one sentence, in any order: ", tried(both));
    }
    showLines(corpus, sortHits(corpus, found, documents, field("sort").value, values ?? corpus.date));
  };
  let read = false;
  const search = async () => {
    const [, place] = PLACE.exec(field("query").value) ?? [];
    if (place) {
      location.hash = place;
      return;
    }
    if (!read) status.textContent = "Unpacking the corpus …";
    try {
      const corpus = await readCorpus();
      read = true;
      const begun = performance.now();
      show(corpus);
      section.dataset.milliseconds = String(Math.round(performance.now() - begun));
    } catch (error) {
      status.textContent = messageOf(error);
    }
  };
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  addEventListener(CHOSEN, () => {
    if (read) search();
  });
  addChoices(field);
};
