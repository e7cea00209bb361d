/* The reading view of a large corpus, and what an address within its page leads to. */
let openAnchor = "";
/**
 * Open a document by its anchor; null where the corpus has none of it.
 * @type {(anchor: string, sentence?: string) => Promise<HTMLElement | null>}
 */
const openLargeDocument = async (anchor, sentence) => {
  if (anchor !== openAnchor) {
    const corpus = await textsOfAnchor(anchor);
    const row = corpus?.byAnchor.get(anchor);
    if (!corpus || row === undefined) return null;
    const [part] = corpus.parts;
    const article = readingOf(corpus, part, row);
    openAnchor = anchor;
    elementIn(document, "#reading-room .shown").replaceChildren(article);
    furnishMarks(corpus, part, row, article);
  }
  for (const each of document.querySelectorAll(".s.at")) each.classList.remove("at");
  const target = byId(sentence === undefined ? anchor : `${anchor}-s${sentence}`);
  if (sentence !== undefined) target?.classList.add("at");
  return target;
};
const DOCUMENT = /^d[0-9a-f]{10}$/;
/** @type {(hash: string) => Promise<void>} */
const openLargeHash = async (hash) => {
  if (hash.startsWith("ask=")) {
    byId("ask")?.focus();
    return;
  }
  if (hash.startsWith("rows=")) {
    await openLargeRows(JSON.parse(decodeURIComponent(hash.slice(5))));
    return;
  }
  const list = hash ? byId(hash) : null;
  if (list?.matches(".list[data-key]")) {
    await openLargeRows(JSON.parse(list.dataset.key ?? ""));
    return;
  }
  const [anchor, sentence] = hash.split("-s");
  const target = DOCUMENT.test(anchor) ? await openLargeDocument(anchor, sentence) : null;
  if (!target) {
    unfold(byId(hash));
    return;
  }
  land(target, sentence === undefined ? "start" : "center");
  const [reading] = asElement(target.closest(".reading"));
  reading?.focus({ preventScroll: true });
};
const followLarge = async () => {
  const hash = location.hash.slice(1);
  if (!hash.startsWith("rows=")) byId("rows")?.remove();
  try {
    await openLargeHash(hash);
  } catch (error) {
    elementIn(document, "#reading-room .shown").replaceChildren(make("p", messageOf(error), { role: "alert" }));
  }
};
/** Put the reading view in place of the excerpts that the page has without JavaScript. */
const furnishLargeReading = () => {
  const readings = [...document.querySelectorAll(".reading")];
  const room = make("div", "", { id: "reading-room" });
  const tools = make("div", "", { class: "tools" });
  tools.append(button("Print with this text", "Print with this text", printWithText));
  room.append(tools, correctionsBar(), make("div", "", { class: "shown" }));
  elementIn(document, "#texts").append(room);
  for (const reading of readings) reading.remove();
  showDecisions();
};
