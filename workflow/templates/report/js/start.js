/* The start of the page. It works without any script; this adds its tools. */
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
