/* A line of the search results, and a row of its counts. */
/** Lines per page, and characters of context on each side of a match. */
const LINES = 50;
const LETTERS = 90;
/** Most characters of a match, and most groups, that are shown. */
const MATCH_LENGTH = 300;
const MOST_GROUPS = 40;
/** Milliseconds without typing after which a search begins. */
const PAUSE = 60;
/** A link in a review sheet, or the part after its #: a document, or a sentence in one. */
const PLACE = /(?:^|#)(d[0-9a-f]{10}(?:-s\d+)?)\s*$/;
/** @type {(corpus: Corpus, hit: Hit) => HTMLElement} */
const concordanceRow = (corpus, hit) => {
  const place = placed(hit[0], hit[1]);
  const [left, match, right] = contextOf(corpus, hit, place);
  const title = shortened(corpus.title[place.document], 40);
  const where = make("td");
  where.append(
    make("a", title, { href: sentenceHref(corpus, place) }),
    make("small", documentFacts(corpus, place.document)),
  );
  const middle = make("td");
  middle.append(make("mark", match.length > MATCH_LENGTH ? `${match.slice(0, MATCH_LENGTH)}…` : match));
  const row = make("tr");
  row.append(make("td", left.slice(-LETTERS)), middle, make("td", right.slice(0, LETTERS)), where);
  return row;
};
/** @type {(group: GroupCount, areGroups: boolean, hasInterval: boolean) => HTMLElement} */
const groupRow = (group, areGroups, hasInterval) => {
  const name = areGroups ? groupName(group.group) : frameName(group.group);
  const counts = [group.hits, group.documents, group.of, group.words].map(wholeNumber);
  const rate = decimalNumber(group.rate);
  const row = make("tr");
  const cell = make("td");
  cell.append(...(areGroups ? groupSign(group.group) : []), shortened(name, 80) || "(none)");
  row.append(cell);
  const numbers = [...counts, rate, ...(hasInterval ? ["…"] : [])];
  row.append(...numbers.map((text) => make("td", text, { class: "num" })));
  return row;
};
