/* The shapes that the page's script works with, for the type checker alone: no page has this file. */

/** Whole numbers as a block holds them. */
type Ints = Uint32Array | Float64Array;

/** A block of scripts/report/payload.py: facts about it, and its columns by their names. */
interface Block {
  facts: any;
  [column: string]: any;
}

/** Statements of a part: one value a row, and for each row the first of its pieces. */
type QuoteNumbers = "speaker" | "type" | "role" | "rule" | "words" | "quoted" | "confidence" | "stance";
type QuotePlaces = "pieceFirst" | "pieceLength" | "cue_first" | "cue_length" | "source_first" | "source_length";
interface Quotes extends Record<QuoteNumbers | QuotePlaces, Ints> {
  piece: Uint32Array;
  /** The first token of what is said, or of the cue of a refusal to speak. */
  first: Float64Array;
  /** How many pieces the content has: none for a refusal to speak. */
  pieces: Ints;
  /** Numbers of the values of the attributes of sources. */
  values: Record<string, Ints>;
}

type Mentions = Record<"first" | "length" | "name" | "label", Ints>;
type Codes = Record<"first" | "length" | "pattern" | "negated" | "speaker", Ints>;

/** Some documents of the corpus: their tokens, and the marks in them. */
interface Part {
  number: number;
  /** The first document. */
  document: number;
  tokens: Uint32Array;
  /** The first token of each sentence, and one after the last. */
  sentenceToken: Uint32Array;
  /** The first sentence of each document, and one after the last. */
  documentSentence: Uint32Array;
  documentToken: Uint32Array;
  paragraphs: Ints;
  quotes: Quotes;
  mentions: Mentions;
  codes: Codes;
  /** Hits of topics: the topic, its sentence in the part, and the row of its statement, counted from 1. */
  topics: { of: Ints; sentence: Ints; statement: Ints };
  /** Speakers beside that of a statement, each with the row of the statement. */
  joint: { row: Ints; speaker: Ints };
  own: Record<string, Map<number, number>>;
  corrected: Record<string, Map<number, number>>;
  /** Made when they are first asked for: sentences with a quote, and statements with a source. */
  quotedSentences?: Uint8Array;
  sources?: Map<number, SourcePlace>;
}

type Pattern = Record<"scheme" | "frame" | "term", string>;
type Label = Record<"label" | "kind", string>;

/** The corpus without its parts: vocabulary, documents, and the texts that marks are numbers of. */
interface Shared {
  raw: string[];
  gap: Ints;
  entry: string[];
  norm: string[];
  lemma: string[];
  flags: Uint32Array;
  words: { unit: string; window: number };
  statistics: {
    scheme: string;
    bootstrap: { resamples: number; seed: number };
    keyness: { min_count: number; min_documents: number; most: number };
  };
  partSizes: number[];
  docId: string[];
  sha256: string[];
  anchor: string[];
  outlet: string[];
  date: string[];
  title: string[];
  nWords: Ints;
  nSentences: Ints;
  uses: Ints;
  names: string[];
  /** Names with a statement. */
  speaking: Set<string>;
  correctedBy: string[];
  patterns: Pattern[];
  labels: Label[];
  types: string[];
  stances: string[];
  roles: string[];
  rules: string[];
  attributes: Record<string, string[]>;
  groups: Map<string, string[]>;
  /** The user's topics, with the documents that belong to them. */
  topics: { name: string; documents: Set<number> }[];
  stories: { name: string; title: string }[];
  /** The story of each document, counted from 1. */
  story: Ints;
  byAnchor: Map<string, number>;
  parts?: Part[];
}

/** The whole corpus, and what is made of it when it is first asked for. */
interface Corpus extends Shared {
  parts: Part[];
  spoken?: { key: string; masks: Map<Part, Uint8Array> };
  ranks?: Uint32Array;
  wordNumbers?: WordNumbers;
  /** Tables of the page in which rows are found, by their names. */
  tables?: Record<string, Block>;
}

/** Some documents of a corpus beside the page: how they are cut into texts and what is known of each. */
interface Segment {
  name: string;
  /** The first bits of the hashes of the documents in each file of texts, and the first document of each. */
  parts: string[];
  starts: Uint32Array;
  /** The first key of each part of the index. */
  keys: string[];
  date: string[];
  nWords: Ints;
  quotedWords: Ints;
  otherWords: Ints;
  groups: Record<string, string[]>;
}

/** All segments, and their documents one after the other. */
interface LargeCorpus {
  segments: Segment[];
  /** The first document of each segment. */
  first: Uint32Array;
  date: string[];
  nWords: Float64Array;
  quotedWords: Float64Array;
  otherWords: Float64Array;
  groups: Map<string, string[]>;
  statistics: Shared["statistics"];
  words: Shared["words"];
}

/** A part of the index: the first document of each key, the first place of each document, and places. */
interface IndexPart {
  keys: string[];
  posting: Uint32Array;
  document: Ints;
  place: Uint32Array;
  sentence: Ints;
  offset: Ints;
  length?: Ints;
  over?: Ints;
  end?: Ints;
}

/** Places in the order of the text: document, sentence and token, a bit of the index, tokens; of speech the ends. */
interface Places {
  documents: Uint32Array;
  positions: Float64Array;
  bits: Uint8Array;
  lengths: Uint32Array;
  ends: Float64Array;
}

/** How a page opens what an address leads to: a choice of documents, the rows of a list, a document by its anchor. */
interface PageForm {
  ask: (text: string) => unknown;
  fillRows: (list: HTMLElement, key: RowsKey) => Promise<void>;
  /** Undefined where the corpus has no such document, null where the document has no such sentence. */
  openDocument: (anchor: string, sentence?: number) => Promise<HTMLElement | null | undefined>;
}

/** Where texts of a table lead, and where its rows do by their names. */
type FigureLinks = Record<"texts" | "rows", Map<string, string>>;

/** A document by its row in a corpus, which may hold some documents alone. */
interface FoundDocument {
  corpus: Shared;
  part: Part;
  row: number;
}

/** Reads the next rows, and tells how many are left. */
interface RowReader {
  read: () => Promise<LargeHit[]>;
  left: () => number;
}

/** The lines that a search found: so many, of which some are shown at once; and all of them for a file, if at hand. */
interface FoundLines {
  size: number;
  atOnce: number;
  rows: (from: number, to: number) => HTMLElement[] | Promise<HTMLElement[]>;
  all?: () => Cell[][];
}

/** The counts of a search; without a corpus to draw from they have no intervals. */
interface FoundCounts {
  corpus?: Corpus;
  by: string;
  counts: GroupCount[];
  /** They are of the groups of documents, which a reader may have hidden or renamed. */
  areGroups: boolean;
  /** They are of words, and so have rates per million words. */
  areRated: boolean;
}

/** What a search finds, counted by a way to group it, with its lines sorted so. */
type Search = (
  options: SearchOptions,
  by: string,
  sort: string,
) => Promise<{ text: string; counts: FoundCounts; lines: FoundLines }>;

/** A hit in the texts that it is in. */
interface LargeHit {
  corpus: Corpus;
  hit: Hit;
  place: Place;
}

/** Place of a token: its document in the corpus, its sentence in the document, and the bounds of both in tokens. */
type Place = Record<"document" | "sentence" | "from" | "to" | "begin" | "end", number>;

interface SourcePlace extends Place {
  first: boolean;
  early: boolean;
}

/** A row behind a number: part, first token, tokens, words, words in quotation marks (or sentences), and a value. */
type Hit = [Part, number, number, number?, number?, (number | string)?];

/** Values of the key of a number by their names. */
type Wanted = Record<string, string>;
type Finder = (corpus: Corpus, wanted: Wanted, text?: Chosen["text"]) => Hit[];
/** A key: the kind of rows, its columns, their values, and the unit of the number. */
type RowsKey = [string, string[], string[], string?, AskedSide?];

/** A thing that is marked: quote, mention or code, and its row. */
interface Item {
  kind: "quote" | "mention" | "code";
  row: number;
}

interface Mark {
  layer: string;
  from: number;
  to: number;
  label: string;
  hint: string;
  item: Item;
  corrected: boolean;
}

/** A stretch of tokens that the same marks of a layer cover. */
interface Piece {
  layer: string;
  from: number;
  to: number;
  label: string;
  hint: string;
  over: Mark[];
}

/** The document that is open in the reading view. */
interface Reading {
  corpus: Shared;
  part: Part;
  row: number;
  article: HTMLElement;
  characters: Characters;
}

type Characters = Record<"start" | "end", (token: number) => number>;

/** The characters of a marked thing as a sheet of corrections has them. */
interface Span {
  start: string;
  end: string;
  from: number;
  to: number;
}

/** A row of a sheet of corrections. */
type Decision = Record<string, string>;
type Done = (decision: Decision) => void;
/** Decide on a column of a mark: the column, and its new value. */
type Put = (what: string, changed: string) => void;

/** What a column of a review sheet asks: its answers as key, text and cell, and the rows that it is for. */
interface ReviewField {
  ask: string;
  choices?: (of: (column: string) => string) => [string, string, string][];
  typed?: boolean;
  typedFirst?: boolean;
  names?: boolean;
  optional?: boolean;
  when?: (of: (column: string) => string) => boolean;
}

/** A sheet to fill, with its cells as they are in the file. */
interface ReviewSheet {
  head: string[];
  columns: string[];
  rows: string[][];
  frames: string[];
  isCoding: boolean;
}

/** A sheet that is open in the page, the row that is shown, and the answers given here. */
interface OpenSheet {
  sheet: ReviewSheet;
  file: string;
  text: string;
  key: string;
  row: number;
  reviewer: string;
  answers: [number, string, string][];
  cleared: [number, string, string][];
}

/** The marks of which tables are made. */
type MarkKind = "quotes" | "mentions" | "codes";

/** A mark with what the marks of a table are sorted by. */
interface Weighed {
  part: Part;
  row: number;
  name: string;
  size: number;
  weight: number;
}

/** A table of marks: which marks, which of them (all if left out), and by what they are sorted. */
interface MarkTable {
  kind: MarkKind;
  keep?: (corpus: Corpus, part: Part, row: number) => boolean;
  name: (corpus: Corpus, part: Part, row: number) => string;
  size?: (part: Part, row: number) => number;
}

/** A column of a table: what a cell shows, what it is saved by, where it leads, and what the column is sorted by. */
interface SheetColumn {
  numeric?: boolean;
  text: (row: number) => string;
  value: (row: number) => string;
  href: (row: number) => string;
  /** The group of documents in a row; "" where it has none. */
  group?: (row: number) => string;
  order?: (row: number) => number;
}

interface Sheet {
  rows: number;
  total: number;
  /** A row is of a choice of documents, where rows are of documents. */
  isChosen?: (chosen: Chosen, row: number) => boolean;
  columns: SheetColumn[];
}

/** What scripts/report/sheets.py says of a column. */
interface ColumnFact {
  kind: string;
  of: string[];
  key?: string[];
  table?: string;
  there?: string[];
  constant?: string[];
  unit?: string;
}

/** What is searched for: words, in quotes or outside or everywhere, and letters of a speaker's name. */
type SearchOptions = Record<"query" | "within" | "speaker", string>;

type AddStretch = (name: string, from: number, to: number) => void;
type Stretches = (corpus: Corpus, part: Part, add: AddStretch) => void;
/** Hits and words of a group, by document. */
interface Tally {
  group: string;
  hits: Map<number, number>;
  words: Map<number, number>;
}

interface GroupCount {
  group: string;
  tally: Tally;
  hits: number;
  words: number;
  documents: number;
  of: number;
  rate: number;
}

/** A choice of documents, or of their sentences or statements that have words, names, topics, speaker and kind. */
interface Choice {
  [condition: string]: string | string[] | undefined;
  words?: string;
  naming?: string;
  topics?: string[];
  /** Names of stories, which are doc_ids. */
  stories?: string[];
  groups?: string[];
  outlets?: string[];
  from?: string;
  to?: string;
  speaker?: string;
  kind?: string;
  origin?: string;
  take?: string;
}

/** A choice, and what it is compared with: nothing, all others, or another. */
interface View {
  choose: Choice;
  against?: "others" | Choice;
  curves?: Curve[];
  groups_shown?: GroupsShown;
}

/** Groups that are hidden, their names and colours (of COLOURS) on the page, and their order, if a reader has one. */
interface GroupsShown {
  hidden?: string[];
  names?: Record<string, string>;
  colours?: Record<string, string>;
  order?: string[];
}

interface CurveKind {
  unit: string;
  per?: number;
  count?: (corpus: Corpus, chosen: Chosen, value: string) => WordCounts;
  measure?: string;
}
/** A curve with its place among all, the side that it is of, and its points. */
interface DrawnCurve {
  at: number;
  side: number;
  colour: string;
  curve: Curve;
  points: ShareRow[];
}

/** A curve over time: the name of its kind, and the words, speaker, kind of source, frame or name that it is of. */
type Curve = Record<"what" | "value", string>;

/** A side of a view: a choice, or all that it leaves. */
interface AskedSide {
  choice: Choice;
  isOthers: boolean;
}

/** A side with what it has, and both in words. */
interface Side extends AskedSide {
  chosen: Chosen;
  text: string;
  size?: string;
}

/** What is asked of the page, what it has, and the number of questions before it. */
interface Asked {
  view: View;
  sides: Side[];
  run: number;
  numbers: SideNumbers[];
  contrasts: [Measure, ContrastRow[]][];
  keyWords: KeyWord[];
}

/** What is chosen: documents, sentences and statements as masks; and of each document its sentences and words. */
interface Chosen {
  /** Whole documents are chosen. */
  whole: boolean;
  documents: Uint8Array;
  sentences: Map<Part, Uint8Array>;
  /** Tokens whose words, names and cues count: of the sentences, or of the contents of chosen statements. */
  text: Map<Part, Uint8Array>;
  statements: Map<Part, Uint8Array>;
  nSentences: Float64Array;
  nWords: Float64Array;
}

/** The key of the rows that have a name. */
type RowsOf = (name: string) => [string, string[], string[], string];
/** Sums over documents, as `Sums` in scripts/maths/document_shares.py. */
type ShareSums = Record<"documents" | "hits" | "totals" | "hitsSquared" | "products" | "totalsSquared", number>;
type Estimate = Record<"value" | "lo" | "hi", number>;
/** Frequencies of a word in both sides, and of all other words. */
type Cells = [number, number, number, number];
/** A cell of a sheet that is saved. */
type Cell = string | number;
type PlainColumn<T> = [string, (row: T) => string, ((row: T) => string)?, boolean?];

/** The numbers of a side: what was counted, shares and rates, by the names of the measures. */
interface SideNumbers {
  counted: Map<string, Counted>;
  shares: Map<string, ShareRow[]>;
  rates: Map<string, ShareRow[]>;
  words: WordCounts;
}

/**
 * Counts of documents, a row each, as the cells of columns: first cells of the rows, and column and value of each cell;
 * the columns of hits, totals, squares of hits, products and squares of totals of each row of the measures; and whether
 * a document is of the second side.
 */
interface DealtTable {
  starts: Uint32Array;
  column: Uint32Array;
  value: Float64Array;
  count: number;
  shares: number[][][];
  dealt: number[];
}

/** A mask for each part. */
type Masks = Map<Part, Uint8Array>;
type VisitName = (part: Part, first: number, name: string, kind: string) => void;
type VisitSource = (part: Part, row: number, number: number, kind: string) => void;
type Weights = (number: number) => Uint8Array;
type AddCount = (document: number, name: string, hits: number, total?: number) => void;

/** What is counted by document; scripts/report/choices/counts.py says what each is. */
interface Measure {
  name: string;
  title: string;
  /** What its shares are of. */
  unit: string;
  /** The use of documents that count. */
  use?: string;
  /** Each name has a total of its own. */
  own?: boolean;
  /** The shares have a prior in common. */
  inCommon?: boolean;
  visit: (corpus: Corpus, chosen: Chosen, add: AddCount) => void;
  of?: (chosen: Chosen) => Float64Array;
  /** The rows that its numbers lead to. */
  link: (name: string, corpus: Corpus) => ReturnType<RowsOf>;
}

interface CountedRow extends Record<"hits" | "totals", Float64Array> {
  name: string;
}

interface Counted {
  documents: number[];
  shared: Float64Array;
  rows: CountedRow[];
  /** How many names there are, of which `rows` has the most frequent. */
  names?: number;
}

/** A word or a name: how often it is there, in how many documents, and in each of these. */
interface WordCount {
  name: string;
  n: number;
  documents: number;
  each: (visit: (number: number, count: number) => void) => void;
}

/** Words or names with their counts, and the words of each document. */
interface WordCounts {
  documents: number[];
  words: WordCount[];
  sizes: Float64Array;
}

/** A share or a rate with its interval: `n` of `total`, in so many `documents` of `of`. */
interface ShareRow extends Estimate {
  name: string;
  /** Of a curve: the beginning of the dates that it is of. */
  period?: string;
  n: number;
  total: number;
  documents: number;
  of: number;
  /** The documents that tell whether there is an interval. */
  enough: number;
}

/** The row of a measure in two choices. */
interface ContrastRow extends Estimate {
  name: string;
  first: ShareRow;
  second: ShareRow;
  p: number;
  q: number;
}

interface WordNumbers {
  names: string[];
  of: Uint32Array;
  noKey: Set<string>;
}

interface KeyWord extends Estimate {
  word: string;
  n: number;
  other: number;
  documents: number;
  documentsOther: number;
  g2: number;
  q: number;
}

interface Element {
  /** Marks: what is marked, and the first token within. */
  items?: Item[];
  firstToken?: number;
}

interface Text {
  /** Tokens of a text of the reading view, and whether the white space before the first is left out. */
  from?: number;
  to?: number;
  trimmed?: boolean;
}

/** The elements that HTML names, by their names. */
type Elements = HTMLElementTagNameMap;
