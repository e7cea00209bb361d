/* The page is whole without any of this: here it gets its tools. */
document.documentElement.classList.add("js");
for (const box of document.querySelectorAll(".table")) furnishTable(box);
for (const figure of document.querySelectorAll("figure[data-table]")) furnishFigure(figure);
if (packed) {
  for (const each of document.querySelectorAll("a[data-rows]")) each.href = `#rows=${encodeURIComponent(each.dataset.rows)}`;
  document.documentElement.classList.add("packed");
  furnishSearch();
  furnishReading().then(follow);
  addEventListener("hashchange", follow);
} else {
  addEventListener("hashchange", () => document.querySelector(".list:target")?.focus({ preventScroll: true }));
}
