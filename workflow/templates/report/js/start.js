/* The page is whole without any of this: here it gets its tools. */
/** @type {PageForm} */
const WHOLE = { ask: askFrom, fillRows: fillList, openDocument };
if (furnishPage()) {
  furnishSearch();
  furnishAsk();
  furnishReading().then(() => follow(WHOLE));
  addEventListener("hashchange", () => follow(WHOLE));
} else {
  addEventListener("hashchange", () => {
    const [list] = asElement(document.querySelector(".list:target"));
    list?.focus({ preventScroll: true });
  });
}
