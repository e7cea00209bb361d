/* The page of a large corpus is whole without any of this: here it gets its tools. */
const DOCUMENT = /^d[0-9a-f]{10}$/;
/** @type {PageForm} */
const BESIDE = {
  ask: () => byId("ask")?.focus(),
  fillRows: fillLargeList,
  openDocument: openerOf(async (anchor) => {
    const corpus = DOCUMENT.test(anchor) ? await textsOfAnchor(anchor) : undefined;
    const row = corpus?.byAnchor.get(anchor);
    return !corpus || row === undefined ? undefined : { corpus, part: corpus.parts[0], row };
  }),
};
if (furnishPage()) {
  furnishLargeSearch();
  furnishReading(printTools());
  follow(BESIDE);
  addEventListener("hashchange", () => follow(BESIDE));
}
