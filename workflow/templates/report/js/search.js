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
/* Tokens of what somebody is quoted with, or of attitudes, in each part as a mask; of the speakers whose names have the
   letters, if there are any. Those asked for last are kept. */
const spokenMasks = (corpus, kind, speaker) => {
  const letters = speaker.trim().toLowerCase(), key = `${kind} ${letters}`;
  if (corpus.masked?.key === key) return corpus.masked.masks;
  const fits = corpus.names.map((name) => !letters || name.toLowerCase().includes(letters));
  const masks = new Map(corpus.parts.map((part) => {
    const mask = new Uint8Array(part.tokens.length), spoken = part[kind];
    spoken.speaker.forEach((name, row) => {
      if (!fits[name]) return;
      for (let piece = spoken.piece[row]; piece < spoken.piece[row + 1]; piece += 1) mask.fill(1, spoken.pieceFirst[piece], spoken.pieceFirst[piece] + spoken.pieceLength[piece]);
    });
    return [part, mask];
  }));
  corpus.masked = { key, masks };
  return masks;
};
/* The contents of statements, or attitudes, of the speakers whose names have the letters. */
const contentsOf = (corpus, kind, speaker) => {
  const letters = speaker.trim().toLowerCase(), fits = corpus.names.map((name) => name.toLowerCase().includes(letters));
  return corpus.parts.flatMap((part) => {
    const { speaker: names, piece, pieceFirst, pieceLength } = part[kind];
    return [...names].flatMap((name, row) => (fits[name] && (corpus.names[name] || !letters) && piece[row] < piece[row + 1] ? [[part, pieceFirst[piece[row]], pieceLength[piece[row]]]] : []));
  });
};
/* What is searched: statements or attitudes, and whether what is in them or what is not; null for all text. */
const searchedIn = ({ within: place, speaker }) => (place === "all" && !speaker.trim() ? null : { kind: place === "attitudes" ? "attitudes" : "quotes", wanted: place === "outside" ? 0 : 1 });
const isAsked = ({ query, within: place, speaker }) => Boolean(queryWords(query).length || speaker.trim() || place === "attitudes");
const searchCorpus = (corpus, options) => {
  const words = queryWords(options.query), searched = searchedIn(options);
  if (!words.length) return isAsked(options) ? contentsOf(corpus, searched.kind, options.speaker) : [];
  const hits = sequences(corpus, words.map((word) => termMask(corpus, word)));
  if (!searched) return hits;
  const masks = spokenMasks(corpus, searched.kind, options.speaker);
  return hits.filter(([part, at]) => masks.get(part)[at] === searched.wanted);
};
/* Words of each document that a rate is of: all, or those in or outside what is searched. */
const wordsByDocument = (corpus, options) => {
  const searched = searchedIn(options);
  if (!searched) return corpus.nWords;
  const words = new Float64Array(corpus.docId.length), masks = spokenMasks(corpus, searched.kind, options.speaker);
  for (const part of corpus.parts) {
    const mask = masks.get(part), { tokens, documentToken } = part;
    for (let local = 0, at = 0; local + 1 < documentToken.length; local += 1) {
      for (; at < documentToken[local + 1]; at += 1) if (mask[at] === searched.wanted && corpus.flags[tokens[at]] & 1) words[part.document + local] += 1;
    }
  }
  return words;
};
/* The document of each hit; hits follow each other as in the text, so most are in that of the one before. */
const documentsOf = (hits) => {
  const documents = new Uint32Array(hits.length);
  let here, from = 0, to = 0, document_ = 0;
  hits.forEach(([part, at], row) => {
    if (part !== here || at < from || at >= to) {
      const local = placeOf(part.documentToken.subarray(0, -1), at);
      [here, from, to, document_] = [part, part.documentToken[local], part.documentToken[local + 1], part.document + local];
    }
    documents[row] = document_;
  });
  return documents;
};
const groupCounts = (corpus, documents, values, words) => {
  const groups = new Map(), lines = new Uint32Array(values.length);
  for (const row of documents) lines[row] += 1;
  values.forEach((value, row) => {
    if (!groups.has(value)) groups.set(value, { group: value, hits: 0, words: 0, documents: 0, of: 0 });
    const group = groups.get(value);
    group.words += words[row];
    group.of += 1;
    group.hits += lines[row];
    if (lines[row]) group.documents += 1;
  });
  const rate = (group) => (group.words ? (1e6 * group.hits) / group.words : NaN);
  return [...groups.values()].map((group) => ({ ...group, rate: rate(group) })).sort((a, b) => (b.rate || 0) - (a.rate || 0) || collator.compare(a.group, b.group));
};
/* Alphabetical rank of each entry's form, so that lines are sorted by numbers. */
const ranks = (corpus) => corpus.ranks ??= (() => {
  const forms = [...new Set(corpus.norm)].sort(collator.compare), rank = new Map(forms.map((form, at) => [form, at + 1]));
  return Uint32Array.from(corpus.norm, (norm) => rank.get(norm));
})();
/* Hits as they are, with their documents, in the order of these by a text of each. */
const byDocument = (hits, documents, texts_) => {
  const lines = new Map();
  hits.forEach((hit, row) => {
    const list = lines.get(documents[row]);
    if (list) list.push(hit); else lines.set(documents[row], [hit]);
  });
  return [...lines].sort(([a], [b]) => collator.compare(texts_[a], texts_[b]) || a - b).flatMap(([, list]) => list.sort((a, b) => a[1] - b[1]));
};
/* Hits by the words before or after them, three each; ranks of two words are one number. */
const byWords = (corpus, hits, side) => {
  const rank = ranks(corpus), forms = corpus.norm.length + 1;
  const word = side === "left" ? ([part, at], step) => rank[part.tokens[at - 1 - step]] ?? 0 : ([part, at, length], step) => rank[part.tokens[at + length + step]] ?? 0;
  const first = Float64Array.from(hits, (hit) => word(hit, 0) * forms + word(hit, 1)), third = Uint32Array.from(hits, (hit) => word(hit, 2));
  return Uint32Array.from(hits.keys()).sort((a, b) => first[a] - first[b] || third[a] - third[b] || a - b);
};
const sortHits = (corpus, hits, documents, how, values) => (how === "left" || how === "right"
  ? Array.from(byWords(corpus, hits, how), (row) => hits[row]) : byDocument(hits, documents, how === "group" ? values : corpus.date));
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
  const drawGroups = (values, documents, words) => {
    const counts = values ? groupCounts(corpus, documents, values, words) : [];
    groups.querySelector("tbody").replaceChildren(...counts.slice(0, 40).map((group) => {
      const row = make("tr");
      row.append(make("td", shortened(group.group, 80) || "(none)"), ...[group.hits, group.documents, group.of, group.words].map((count) => make("td", wholeNumber(count), { class: "num" })), make("td", isNaN(group.rate) ? NONE : decimalNumber(group.rate), { class: "num" }));
      return row;
    }));
    groups.hidden = !hits.length || counts.length < 2;
  };
  const search = async () => {
    if (!corpus) {
      status.textContent = "Unpacking the corpus …";
      try { corpus = await readCorpus(); } catch (error) { status.textContent = error.message; return; }
    }
    const options = { query: field("query").value, within: field("within").value, speaker: field("speaker").value };
    const begun = performance.now(), values = corpus.groups.get(field("group").value);
    const found = searchCorpus(corpus, options), documents = documentsOf(found), words = wordsByDocument(corpus, options);
    hits = sortHits(corpus, found, documents, field("sort").value, values ?? corpus.date);
    page = 0;
    drawGroups(values, documents, words);
    const total = words.reduce((sum, count) => sum + count, 0);
    status.textContent = !isAsked(options) ? "" : !hits.length ? "Nothing in the corpus has this."
      : `${plural(hits.length, "line")} in ${plural(new Set(documents).size, "document")}` + (queryWords(options.query).length && total ? `, ${decimalNumber((1e6 * hits.length) / total)} per million words` : "");
    draw();
    section.dataset.milliseconds = String(Math.round(performance.now() - begun));
  };
  let waiting;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 60); });
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  readShared().then(({ groups: all, hasAttitudes }) => {
    if (hasAttitudes) field("within").append(make("option", "attitudes: what somebody wants or believes", { value: "attitudes" }));
    for (const name of all.keys()) field("group").append(make("option", name, { value: name }));
    field("group").closest("label").hidden = ![...all.values()].some((values) => new Set(values).size > 1);
  });
};
