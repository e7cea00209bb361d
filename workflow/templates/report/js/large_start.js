/* The page of a large corpus is whole without any of this: here it gets its tools. */
/** @type {PageForm} */
const BESIDE = { ask: () => byId("ask")?.focus(), fillRows: fillLargeList, openDocument: openLargeDocument };
if (furnishPage()) {
  furnishLargeSearch();
  furnishLargeReading();
  follow(BESIDE);
  addEventListener("hashchange", () => follow(BESIDE));
}
