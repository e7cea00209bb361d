/* The form of the search of a large corpus. */
const LARGE_LINES = 20;
/** @type {(lines: HTMLElement) => ShowLargeLines} */
const largeLines = (lines) => {
  /** @type {[LargeCorpus, Places, Uint32Array, number[]] | undefined} */
  let shown;
  let page = 0;
  const tools = make("div", "", { class: "tools" });
  const draw = async () => {
    if (!shown) return;
    const found = shown;
    const size = found[1].documents.length;
    const to = Math.min(size, (page + 1) * LARGE_LINES);
    const rows = await linesOf(...found, page * LARGE_LINES, to);
    if (found !== shown) return;
    elementIn(lines, "tbody").replaceChildren(...rows);
    back.disabled = page === 0;
    next.disabled = to === size;
    tools.hidden = !size;
    lines.hidden = !size;
  };
  /** @type {(pages: number) => Promise<void>} */
  const turn = (pages) => {
    page += pages;
    return draw();
  };
  const back = button("Previous", "Previous lines", () => turn(-1));
  const next = button("Next", "Next lines", () => turn(1));
  tools.append(back, next);
  tools.hidden = true;
  lines.before(tools);
  return (...found) => {
    shown = found;
    page = 0;
    return draw();
  };
};
/** @type {(box: HTMLElement, by: string, counts: GroupCount[]) => void} */
const showLargeCounts = (box, by, counts) => {
  box.hidden = !(counts.length > 1 && counts.some(({ hits }) => hits > 0));
  elementIn(box, "th").textContent = by;
  const rows = counts.slice(0, MOST_GROUPS).map((count) => groupRow(count, false));
  /* An interval takes draws of all documents. */
  for (const row of rows) row.lastElementChild?.remove();
  elementIn(box, "tbody").replaceChildren(...rows);
};
/**
 * Add the ways to group documents that this corpus has, if they are not there yet.
 * @type {(select: HTMLElement, large: LargeCorpus) => void}
 */
const addLargeGroups = (select, { groups }) => {
  if (select.children.length) return;
  for (const [name, values] of groups) {
    if (new Set(values).size > 1) select.append(make("option", name, { value: name }));
  }
};
const furnishLargeSearch = () => {
  const section = elementIn(document, "#search");
  section.hidden = false;
  const form = /** @type {HTMLFormElement} */ (elementIn(section, "form"));
  const status = elementIn(section, "[role=status]");
  const showLines = largeLines(elementIn(section, ".lines"));
  /** @type {(name: string) => HTMLInputElement} */
  const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  let run = 0;
  const search = async () => {
    run += 1;
    const own = run;
    const options = { query: field("query").value, within: field("within").value, speaker: field("speaker").value };
    const [, place] = PLACE.exec(options.query) ?? [];
    if (place) {
      location.hash = place;
      return;
    }
    const begun = performance.now();
    status.textContent = "Looking …";
    const large = await readLarge();
    addLargeGroups(field("group"), large);
    const { places, words = new Float64Array(large.nWords.length) } = await searchLarge(large, options);
    if (own !== run) return;
    const counts = countsByDocument(large.nWords.length, places.documents);
    const by = field("group").value;
    const values = large.groups.get(by) ?? [];
    showLargeCounts(elementIn(section, ".by-group"), by, groupCounts(tallyGroups(counts, values, words)));
    const order = documentsBy(counts, field("sort").value === "group" ? values : large.date);
    const hits = /** @type {any} */ ({ length: places.documents.length });
    const total = words.reduce((sum, count) => sum + count, 0);
    status.textContent = foundText(options, hits, Uint32Array.from(order), total);
    await showLines(large, places, counts, order);
    section.dataset.milliseconds = String(Math.round(performance.now() - begun));
  };
  const searchSafely = () =>
    search().catch((error) => {
      status.textContent = messageOf(error);
    });
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    /* A letter more reads other files. */
    waiting = setTimeout(searchSafely, 5 * PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    searchSafely();
  });
};
