/* The start of a page with a large corpus. The page works without any script; this adds its tools. */
/** @type {PageForm} */
const BESIDE = {
  ask: () => byId("ask")?.focus(),
  fillRows: fillLargeList,
  openDocument: openerOf(async (anchor) => {
    const found = DOCUMENT.test(anchor) ? await documentOfAnchor(anchor) : undefined;
    return found && { ...found, part: found.corpus.parts[0] };
  }),
};
if (furnishPage()) {
  furnishLargeSearch();
  furnishReading(printTools());
  follow(BESIDE);
  addEventListener("hashchange", () => follow(BESIDE));
}
