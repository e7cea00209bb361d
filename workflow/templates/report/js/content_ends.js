/* The dialogue that moves the first and the last word of a statement, a word at a time. */
/**
 * The pieces of a content after its ends have moved to `from` and before `to`: pieces outside are dropped, gaps stay.
 * @type {(pieces: [number, number][], from: number, to: number) => [number, number][]}
 */
const movedPieces = (pieces, from, to) => {
  const inside = pieces.filter(([begin, end]) => begin < to && end > from);
  return (inside.length ? inside : pieces.slice(0, 1)).map(([begin, end], at, all) => [
    at ? begin : from,
    at < all.length - 1 ? end : to,
  ]);
};
/**
 * The exact characters of the document, from one token to before another.
 * @type {(corpus: Shared, part: Part, from: number, to: number) => string}
 */
const rawText = (corpus, part, from, to) => {
  const text = Array.from(part.tokens.subarray(from, to), (entry) => corpus.raw[entry]).join("");
  return [...text].slice(corpus.gap[part.tokens[from]]).join("");
};
/**
 * The limits of the ends: from the sentence before the content to the one after it, within the document.
 * @type {(part: Part, from: number, to: number) => [number, number]}
 */
const roomOf = (part, from, to) => {
  const [first, last] = [placed(part, from), placed(part, to - 1)];
  const begin = first.from > first.begin ? placed(part, first.from - 1).from : first.from;
  return [begin, last.to < last.end ? placed(part, last.to).to : last.to];
};
/**
 * A slider over tokens, with a button for a step each way for readers without arrow keys.
 * @type {(name: string, bounds: [number, number], value: number) => [HTMLElement, HTMLInputElement]}
 */
const endSlider = (name, [min, max], value) => {
  const slider = make("input", "", { type: "range", min: String(min), max: String(max), value: String(value) });
  const label = make("label", name);
  label.append(slider);
  const row = make("div", "", { class: "choice end" });
  /** @type {(by: number) => () => void} */
  const move = (by) => () => {
    slider.stepUp(by);
    slider.dispatchEvent(new Event("input"));
  };
  row.append(label, button("←", `${name} one earlier`, move(-1)), button("→", `${name} one later`, move(1)));
  return [row, slider];
};
/** @type {(reading: Reading, item: Item) => void} */
const openEnds = (reading, item) => {
  const { corpus, part, characters } = reading;
  const pieces = piecesOf(part, item.row);
  const hull = tokensOf(part, item);
  const [begin, end] = roomOf(part, hull.from, hull.to);
  const [firstRow, first] = endSlider("First word", [begin, end - 1], hull.from);
  const [lastRow, last] = endSlider("Last word", [begin, end - 1], hull.to - 1);
  const shown = make("p", "", { class: "ends" });
  const show = () => {
    const [from, to] = [Number(first.value), Number(last.value) + 1];
    const words = make("mark", textOf(corpus, part, from, to));
    shown.replaceChildren(textOf(corpus, part, begin, from), " ", words, " ", textOf(corpus, part, to, end));
    for (const slider of [first, last]) {
      const at = Number(slider.value);
      slider.setAttribute("aria-valuetext", textOf(corpus, part, at, at + 1));
    }
  };
  /* An end that is moved past the other takes it along. */
  first.addEventListener("input", () => {
    if (Number(last.value) < Number(first.value)) last.value = first.value;
    show();
  });
  last.addEventListener("input", () => {
    if (Number(first.value) > Number(last.value)) first.value = last.value;
    show();
  });
  show();
  const old = pieces.map(([from, to]) => rawText(corpus, part, from, to)).join(BETWEEN_PIECES);
  openDialog("Where the words begin and end", (done) => {
    const set = make("fieldset");
    /** @type {(tokens: [number, number][]) => string} */
    const spans = (tokens) =>
      tokens.map(([from, to]) => `${characters.start(from)}-${characters.end(to - 1)}`).join(" ");
    const save = () => {
      const changed = spans(movedPieces(pieces, Number(first.value), Number(last.value) + 1));
      const isSame = changed === spans(pieces);
      done(decisionOn(reading, spanOf(characters, hull), "content", old, isSame ? old : changed));
    };
    set.append(make("legend", "The arrow keys move an end by a word"), shown);
    set.append(choiceForm([firstRow, lastRow], "These are its words", save));
    return [set];
  });
};
