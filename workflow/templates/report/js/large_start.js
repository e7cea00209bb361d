/* The page of a large corpus is whole without any of this: here it gets its tools. */
document.documentElement.classList.add("js");
addEventListener("message", receive);
furnishLists();
for (const box of document.querySelectorAll(".table")) asElement(box).forEach(furnishTable);
furnishExtras();
furnishSheets();
for (const figure of document.querySelectorAll("figure[data-table]")) asElement(figure).forEach(furnishFigure);
if (isPacked()) {
  for (const link of document.querySelectorAll("a[data-rows]")) {
    const [{ dataset }] = asElement(link);
    link.setAttribute("href", `#rows=${encodeURIComponent(dataset.rows ?? "")}`);
  }
  document.documentElement.classList.add("packed");
  furnishLargeSearch();
  furnishLargeReading();
  followLarge();
  addEventListener("hashchange", followLarge);
}
