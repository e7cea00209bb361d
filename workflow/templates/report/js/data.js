/* Blocks of columns made by scripts/report/payload.py; each is unpacked when it is first needed. */
/**
 * Integers from LEB128: seven bits per byte, the lowest first, the high bit set if more follow.
 * @template {Uint32Array | Float64Array} T
 * @param {Uint8Array} bytes
 * @param {new (length: number) => T} Kind
 */
const varints = (bytes, Kind) => {
  let count = 0;
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] < 128) count += 1;
  const values = new Kind(count);
  for (let at = 0, row = 0; row < count; row += 1) {
    let value = 0;
    let scale = 1;
    let byte = 0;
    do {
      byte = bytes[at++];
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte > 127);
    values[row] = value;
  }
  return values;
};
/** @type {(bytes: Uint8Array) => Uint32Array} */
const unsigned = (bytes) => varints(bytes, Uint32Array);
/** @type {(bytes: Uint8Array) => Float64Array} */
const signed = (bytes) => varints(bytes, Float64Array).map((value) => (value % 2 ? -(value + 1) / 2 : value / 2));
/** @type {(bytes: Uint8Array) => Float64Array} */
const differences = (bytes) => {
  const values = signed(bytes);
  for (let row = 1; row < values.length; row += 1) values[row] += values[row - 1];
  return values;
};
const utf8 = new TextDecoder();
/** @type {(bytes: Uint8Array) => string[]} */
const texts = (bytes) => JSON.parse(utf8.decode(bytes));
/**
 * The first line, parsed as JSON, and the bytes after it.
 * @type {(bytes: Uint8Array) => [any, Uint8Array]}
 */
const headed = (bytes) => {
  const end = bytes.indexOf(10);
  return [JSON.parse(utf8.decode(bytes.subarray(0, end))), bytes.subarray(end + 1)];
};
/**
 * Columns stored one after another, with their codings and lengths in the first line.
 * @type {(bytes: Uint8Array) => any[]}
 */
const together = (bytes) => {
  const [layout, rest] = headed(bytes);
  const columns = [];
  let at = 0;
  for (const [coding, length] of layout) {
    columns.push(CODINGS[coding](rest.subarray(at, at + length), { names: [] }));
    at += length;
  }
  return columns;
};
/** @type {(bytes: Uint8Array) => Float64Array} */
const decimal = (bytes) => {
  const [mantissa, exponent] = together(bytes);
  return Float64Array.from(mantissa, (value, row) => {
    const power = exponent[row];
    return power === MISSING ? NaN : power < 0 ? value / 10 ** -power : value * 10 ** power;
  });
};
/** @type {(bytes: Uint8Array) => any[]} */
const coded = (bytes) => {
  const [distinct, rows] = together(bytes);
  return Array.from(rows, (number) => distinct[number]);
};
/** @type {(bytes: Uint8Array, corpus: { names: string[] }) => string[]} */
const named = (bytes, { names }) => Array.from(unsigned(bytes), (number) => names[number]);
/** @type {(bytes: Uint8Array, corpus: any) => string[]} */
const worded = (bytes, corpus) => Array.from(differences(bytes), (number) => wordAt(corpus, number));
/** @type {Record<string, (bytes: Uint8Array, corpus: any) => any>} */
const CODINGS = { unsigned, signed, differences, texts, decimal, coded, named, worded };

/* Base 85: five characters per four bytes; the last group may be shorter, and is padded with the last character. */
const DIGITS_85 = new Uint8Array(128);
for (const [digit, sign] of [...SIGNS_85].entries()) DIGITS_85[sign.charCodeAt(0)] = digit;
/** @type {(text: string) => Uint8Array<ArrayBuffer>} */
const bytesOf = (text) => {
  const groups = Math.ceil(text.length / 5);
  const view = new DataView(new ArrayBuffer(groups * 4));
  for (let group = 0; group < groups; group += 1) {
    let value = 0;
    for (let at = group * 5; at < group * 5 + 5; at += 1) {
      value = value * 85 + (at < text.length ? DIGITS_85[text.charCodeAt(at)] : 84);
    }
    view.setUint32(group * 4, value);
  }
  return new Uint8Array(view.buffer, 0, Math.floor((text.length * 4) / 5));
};
/** @type {(bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>} */
const inflate = async (bytes) => {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};
/**
 * The facts and columns of a block; `corpus` has the names and words to which numbers in some columns refer.
 * @type {(text: string, corpus: object) => Promise<Block>}
 */
const unpacked = async (text, corpus) => {
  const [{ facts, columns }, rest] = headed(await inflate(bytesOf(text.trim())));
  /** @type {Block} */
  const block = { facts };
  let at = 0;
  for (const [name, coding, length] of columns) {
    block[name] = CODINGS[coding](rest.subarray(at, at + length), corpus);
    at += length;
  }
  return block;
};

/* A block is in a script element of the page, or in a script file beside it. Such a file hands its text to the page
   reader.html in a frame, which sends it here: browsers let a page in a local folder read no other files. */
const PATIENCE = 20_000;
/**
 * A function that calls `make_` only once and returns its result every time.
 * @template T
 * @param {() => T} make_
 */
const once = (make_) => {
  /** @type {T | undefined} */
  let made;
  return () => {
    made ??= make_();
    return made;
  };
};
/** Requested files, with the functions that wait for them. @type {Map<string, (blocks: string[] | null) => void>} */
const awaited = new Map();
const openReader = once(
  () =>
    new Promise((/** @type {(reader: Window) => void} */ done) => {
      const frame = make("iframe", "", { src: "report-data/reader.html", hidden: "", title: "Data" });
      addEventListener("message", ({ source, data }) => {
        if (source !== frame.contentWindow || !Array.isArray(data)) return;
        const [name, blocks] = data;
        if (name === "" && frame.contentWindow) done(frame.contentWindow);
        awaited.get(name)?.(blocks);
        awaited.delete(name);
      });
      document.body.append(frame);
    }),
);
/**
 * The blocks in a file beside the page, as texts.
 * @type {(name: string) => Promise<string[]>}
 */
const scriptBlocks = (name) =>
  new Promise((done, failed) => {
    const fail = () => failed(new Error(`report-data/${name} is not there: keep the folder beside the report.`));
    const timer = setTimeout(fail, PATIENCE);
    awaited.set(name, (texts_) => {
      clearTimeout(timer);
      if (texts_) done(texts_);
      else fail();
    });
    openReader().then((reader) => reader.postMessage(name, "*"));
  });
/** @type {Map<string, Promise<Block>>} */
const blocks = new Map();
/** @type {(id: string, corpus?: object) => Promise<Block>} */
const readBlock = (id, corpus = {}) => {
  const read = async () => {
    const { dataset, textContent } = elementIn(document, `#${id}`);
    const [text] = dataset.file ? await scriptBlocks(dataset.file) : [textContent ?? ""];
    return unpacked(text, corpus);
  };
  const block = blocks.get(id) ?? read();
  blocks.set(id, block);
  return block;
};
/** @type {(name: string) => string} */
const tableId = (name) => `data-table-${name}`;
/**
 * True if the page carries the corpus and the browser can unpack it.
 * @type {() => boolean}
 */
const isPacked = () => typeof DecompressionStream === "function" && byId("data-corpus") !== null;
