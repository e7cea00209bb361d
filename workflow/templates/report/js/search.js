/* Any word, phrase, lemma or prefix* in the whole corpus: its lines, and how often each group of documents has it. */
const LINES = 50, AROUND = 12, LETTERS = 90;
/* As the tokenizer splits: straight quotation marks and hyphens, endings such as 's and n't by themselves. */
const queryWords = (query) => query.toLowerCase()
  .replace(/[\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`]/g, "'").replace(/[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]/g, '"').replace(/[\u2010-\u2015\u2212]/g, "-")
  .replace(/(?<=\w)(n't|'(?:s|re|ve|ll|d|m))(?![\w])/g, " $1").replace(/(?<=\p{L})-(?=\p{L})/gu, " - ").replace(/(?<=[\p{L}\p{N}])(?<!\blemma)([,;:!?])/gu, " $1 ")
  .replace(/^"|"$/g, "").split(/\s+/).filter(Boolean);
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const termMask = (corpus, term) => {
  const byLemma = term.startsWith("lemma:"), word = byLemma ? term.slice(6) : term;
  if (!word) return new Uint8Array(corpus.norm.length);
  if (!word.includes("*")) return entriesWith(corpus, (norm, lemma) => (byLemma ? lemma : norm) === word);
  const pattern = new RegExp(`^${word.split("*").map(escaped).join(".*")}$`, "su");
  return entriesWith(corpus, (norm, lemma) => pattern.test(byLemma ? lemma : norm));
};
/* Tokens of what is quoted, in each part as a mask; of the speakers whose names have the letters, if there are any. */
const quotedMasks = (corpus, speaker) => {
  const letters = speaker.trim().toLowerCase(), fits = corpus.names.map((name) => !letters || name.toLowerCase().includes(letters));
  return new Map(corpus.parts.map((part) => {
    const mask = new Uint8Array(part.tokens.length), { quotes } = part;
    quotes.speaker.forEach((name, row) => {
      if (!fits[name] || (letters && !corpus.names[name])) return;
      for (let piece = quotes.piece[row]; piece < quotes.piece[row + 1]; piece += 1) mask.fill(1, quotes.pieceFirst[piece], quotes.pieceFirst[piece] + quotes.pieceLength[piece]);
    });
    return [part, mask];
  }));
};
const statementsOf = (corpus, speaker) => {
  const letters = speaker.trim().toLowerCase(), fits = corpus.names.map((name) => name.toLowerCase().includes(letters));
  return corpus.parts.flatMap((part) => [...part.quotes.speaker].flatMap((name, row) => (fits[name] && corpus.names[name] && part.quotes.pieces[row] ? [[part, part.quotes.first[row], part.quotes.pieceLength[part.quotes.piece[row]]]] : [])));
};
const searchCorpus = (corpus, { query, within: place, speaker }) => {
  const words = queryWords(query);
  if (!words.length) return speaker.trim() ? statementsOf(corpus, speaker) : [];
  const hits = sequences(corpus, words.map((word) => termMask(corpus, word)));
  if (place === "all" && !speaker.trim()) return hits;
  const masks = quotedMasks(corpus, speaker), wanted = place === "outside" ? 0 : 1;
  return hits.filter(([part, at]) => masks.get(part)[at] === wanted);
};
/* Words of each document that a rate is of: all, or those in or outside the chosen quotes. */
const wordsByDocument = (corpus, { within: place, speaker }) => {
  if (place === "all" && !speaker.trim()) return corpus.nWords;
  const words = new Float64Array(corpus.docId.length), masks = quotedMasks(corpus, speaker), wanted = place === "outside" ? 0 : 1;
  for (const part of corpus.parts) {
    const mask = masks.get(part);
    part.documentSentence.subarray(0, -1).forEach((sentence, local) => {
      const end = part.sentenceToken[part.documentSentence[local + 1]];
      for (let at = part.sentenceToken[sentence]; at < end; at += 1) if (mask[at] === wanted && corpus.flags[part.tokens[at]] & 1) words[part.document + local] += 1;
    });
  }
  return words;
};
const groupCounts = (corpus, documents, values, words) => {
  const groups = new Map();
  values.forEach((value, row) => {
    if (!groups.has(value)) groups.set(value, { group: value, hits: 0, words: 0, documents: new Set(), of: 0 });
    const group = groups.get(value);
    group.words += words[row];
    group.of += 1;
  });
  documents.forEach((row) => { const group = groups.get(values[row]); group.hits += 1; group.documents.add(row); });
  const rate = (group) => (group.words ? (1e6 * group.hits) / group.words : NaN);
  return [...groups.values()].map((group) => ({ ...group, rate: rate(group) })).sort((a, b) => (b.rate || 0) - (a.rate || 0) || collator.compare(a.group, b.group));
};
/* Alphabetical rank of each entry's form, so that lines are sorted by numbers. */
const ranks = (corpus) => corpus.ranks ??= (() => {
  const forms = [...new Set(corpus.norm)].sort(collator.compare), rank = new Map(forms.map((form, at) => [form, at + 1]));
  return Uint32Array.from(corpus.norm, (norm) => rank.get(norm));
})();
const sortHits = (corpus, hits, how, values) => {
  const rank = ranks(corpus);
  const key = {
    left: ([part, at], step) => rank[part.tokens[at - 1 - step]] ?? 0, right: ([part, at, length], step) => rank[part.tokens[at + length + step]] ?? 0,
  }[how];
  if (key) {
    const keyed = hits.map((hit) => [hit, key(hit, 0), key(hit, 1), key(hit, 2)]);
    return keyed.sort((a, b) => a[1] - b[1] || a[2] - b[2] || a[3] - b[3]).map(([hit]) => hit);
  }
  const documents = new Map(hits.map((hit) => [hit, placed(hit[0], hit[1]).document]));
  const by = how === "group" ? values : corpus.date;
  return [...hits].sort((a, b) => collator.compare(by[documents.get(a)], by[documents.get(b)]) || documents.get(a) - documents.get(b) || a[1] - b[1]);
};
const contextOf = (corpus, [part, at, length], place = placed(part, at)) => {
  const left = textOf(corpus, part, Math.max(place.begin, at - AROUND), at), to = Math.min(place.end, at + length + AROUND);
  let right = "";
  for (let next = at + length; next < to; next += 1) right += corpus.entry[part.tokens[next]];
  return [left.replace(/\s+/g, " "), textOf(corpus, part, at, at + length).replace(/\s+/g, " "), right.replace(/\s+/g, " ")];
};

const furnishSearch = () => {
  const section = byId("search");
  if (!section) return;
  section.hidden = false;
  const form = section.querySelector("form"), status = section.querySelector("[role=status]"), lines = section.querySelector(".lines"), groups = section.querySelector(".by-group");
  const field = (name) => form.elements[name];
  let hits = [], page = 0, corpus;
  const back = button("Previous", "Previous lines", () => turn(-1)), next = button("Next", "Next lines", () => turn(1));
  const csv = button("CSV", "Save all lines as CSV", () => {
    const rows = [["before", "match", "after", "title", "document", "outlet", "date", "sentence"]];
    for (const hit of hits) {
      const place = placed(hit[0], hit[1]), row = place.document;
      rows.push([...contextOf(corpus, hit, place), corpus.title[row], corpus.docId[row], corpus.outlet[row], corpus.date[row]].map((text) => csvCell(text, false)).concat(String(place.sentence)));
    }
    saveCsv("concordance", rows);
  });
  const tools = make("div", "", { class: "tools" });
  tools.append(back, next, csv);
  tools.hidden = true;
  lines.before(tools);
  const draw = () => {
    const from = page * LINES, to = Math.min(hits.length, from + LINES);
    lines.querySelector("tbody").replaceChildren(...hits.slice(from, to).map((hit) => {
      const place = placed(hit[0], hit[1]), [left, match, right] = contextOf(corpus, hit, place), row = make("tr");
      const where = make("td"), facts = documentFacts(corpus, place.document);
      where.append(make("a", shortened(corpus.title[place.document], 40), { href: sentenceHref(corpus, place) }), make("small", facts));
      const middle = make("td");
      middle.append(make("mark", match.length > 300 ? match.slice(0, 300) + "…" : match));
      row.append(make("td", left.slice(-LETTERS)), middle, make("td", right.slice(0, LETTERS)), where);
      return row;
    }));
    back.disabled = page === 0;
    next.disabled = to === hits.length;
    tools.hidden = lines.hidden = !hits.length;
  };
  const turn = (pages) => { page += pages; draw(); };
  const drawGroups = (values, options) => {
    const documents = hits.map(([part, at]) => placed(part, at).document), counts = values ? groupCounts(corpus, documents, values, wordsByDocument(corpus, options)) : [];
    groups.querySelector("tbody").replaceChildren(...counts.slice(0, 40).map((group) => {
      const row = make("tr");
      row.append(make("td", shortened(group.group, 80) || "(none)"), ...[group.hits, group.documents.size, group.of, group.words].map((count) => make("td", wholeNumber(count), { class: "num" })), make("td", isNaN(group.rate) ? NONE : decimalNumber(group.rate), { class: "num" }));
      return row;
    }));
    groups.hidden = !hits.length || counts.length < 2;
    return new Set(documents).size;
  };
  const search = async () => {
    if (!corpus) {
      status.textContent = "Unpacking the corpus …";
      try { corpus = await readCorpus(); } catch (error) { status.textContent = error.message; return; }
    }
    const options = { query: field("query").value, within: field("within").value, speaker: field("speaker").value };
    const begun = performance.now(), values = corpus.groups.get(field("group").value);
    hits = sortHits(corpus, searchCorpus(corpus, options), field("sort").value, values ?? corpus.date);
    page = 0;
    const documents = drawGroups(values, options), words = wordsByDocument(corpus, options).reduce((sum, count) => sum + count, 0);
    const asked = queryWords(options.query).length || options.speaker.trim();
    status.textContent = !asked ? "" : !hits.length ? "Nothing in the corpus has this."
      : `${plural(hits.length, "line")} in ${plural(documents, "document")}` + (queryWords(options.query).length && words ? `, ${decimalNumber((1e6 * hits.length) / words)} per million words` : "");
    draw();
    section.dataset.milliseconds = String(Math.round(performance.now() - begun));
  };
  let waiting;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 60); });
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  readShared().then(({ groups: all }) => {
    for (const name of all.keys()) field("group").append(make("option", name, { value: name }));
    field("group").closest("label").hidden = ![...all.values()].some((values) => new Set(values).size > 1);
  });
};
