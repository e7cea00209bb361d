/* The reading view of a large corpus. */
let openAnchor = "";
const DOCUMENT = /^d[0-9a-f]{10}$/;
/** @type {PageForm["openDocument"]} */
const openLargeDocument = async (anchor, sentence) => {
  if (!DOCUMENT.test(anchor)) return undefined;
  if (anchor !== openAnchor) {
    const corpus = await textsOfAnchor(anchor);
    const row = corpus?.byAnchor.get(anchor);
    if (!corpus || row === undefined) return undefined;
    const [part] = corpus.parts;
    const article = readingOf(corpus, part, row);
    openAnchor = anchor;
    elementIn(document, "#reading-room .shown").replaceChildren(article);
    furnishMarks(corpus, part, row, article);
  }
  return markSentence(anchor, sentence);
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
