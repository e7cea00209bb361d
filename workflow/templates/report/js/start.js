/* The page is whole without any of this: here it gets its tools. */
/** @type {PageForm} */
const WHOLE = { ask: askFrom, fillRows: fillList, openDocument };
if (furnishPage()) {
  furnishWholeSearch();
  furnishAsk();
  readShared().then((corpus) => {
    furnishReading(documentTools(corpus));
    follow(WHOLE);
  });
  addEventListener("hashchange", () => follow(WHOLE));
}
