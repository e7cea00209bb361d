/* Random numbers identical to those of scripts/maths: bootstrap weights of documents, and deals. */
/** Rotations and target places of the lanes of Keccak-f[1600] (FIPS 202), in the order in which they are moved. */
const ROTATIONS = [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];
const PLACES = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];
const ROUNDS = 24;
/** Bytes that SHAKE-128 absorbs or squeezes between two permutations. */
const RATE = 168;
/**
 * The constants of the rounds, as pairs of the lower and the upper 32 bits, from the shift register of FIPS 202.
 * @type {() => Uint32Array}
 */
const roundConstants = () => {
  const constants = new Uint32Array(2 * ROUNDS);
  for (let round = 0, register = 1; round < ROUNDS; round += 1) {
    for (let bit = 0; bit < 7; bit += 1) {
      const at = 2 ** bit - 1;
      if (register & 1) constants[2 * round + (at > 31 ? 1 : 0)] ^= 1 << (at & 31);
      register = register & 128 ? ((register << 1) ^ 0x171) & 255 : register << 1;
    }
  }
  return constants;
};
const CONSTANTS = roundConstants();
/** Indexes of the halves of a plane's lanes, rotated by one lane, with the first one repeated. */
const NEXT = [2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3];
const parities = new Uint32Array(10);
const plane = new Uint32Array(10);
/**
 * XOR each lane with the parities of two neighbouring columns (theta).
 * @type {(lanes: Uint32Array) => void}
 */
const mixColumns = (lanes) => {
  for (let at = 0; at < 10; at += 1) {
    parities[at] = lanes[at] ^ lanes[at + 10] ^ lanes[at + 20] ^ lanes[at + 30] ^ lanes[at + 40];
  }
  for (let x = 0; x < 5; x += 1) {
    const left = 2 * ((x + 4) % 5);
    const right = 2 * ((x + 1) % 5);
    const low = parities[left] ^ ((parities[right] << 1) | (parities[right + 1] >>> 31));
    const high = parities[left + 1] ^ ((parities[right + 1] << 1) | (parities[right] >>> 31));
    for (let at = 2 * x; at < 50; at += 10) {
      lanes[at] ^= low;
      lanes[at + 1] ^= high;
    }
  }
};
/**
 * Rotate each lane and move it to another's place (rho and pi).
 * @type {(lanes: Uint32Array) => void}
 */
const moveLanes = (lanes) => {
  let low = lanes[2];
  let high = lanes[3];
  for (let step = 0; step < ROUNDS; step += 1) {
    const place = PLACES[step];
    const by = ROTATIONS[step] & 31;
    const from = ROTATIONS[step] < 32 ? low : high;
    const other = ROTATIONS[step] < 32 ? high : low;
    low = lanes[2 * place];
    high = lanes[2 * place + 1];
    lanes[2 * place] = by ? (from << by) | (other >>> (32 - by)) : from;
    lanes[2 * place + 1] = by ? (other << by) | (from >>> (32 - by)) : other;
  }
};
/** @type {(lanes: Uint32Array) => void} */
const permuteLanes = (lanes) => {
  for (let round = 0; round < ROUNDS; round += 1) {
    mixColumns(lanes);
    moveLanes(lanes);
    for (let first = 0; first < 50; first += 10) {
      for (let at = 0; at < 10; at += 1) plane[at] = lanes[first + at];
      for (let at = 0; at < 10; at += 1) {
        lanes[first + at] = plane[at] ^ (~plane[NEXT[at]] & plane[NEXT[at + 2]]);
      }
    }
    lanes[0] ^= CONSTANTS[2 * round];
    lanes[1] ^= CONSTANTS[2 * round + 1];
  }
};
/**
 * The first `length` bytes of the SHAKE-128 of a message.
 * @type {(message: Uint8Array, length: number) => Uint8Array}
 */
const shake128 = (message, length) => {
  const lanes = new Uint32Array(50);
  /** @type {(at: number, byte: number) => void} */
  const add = (at, byte) => {
    lanes[at >> 2] ^= byte << (8 * (at & 3));
  };
  let at = 0;
  for (const byte of message) {
    add(at, byte);
    at += 1;
    if (at === RATE) {
      permuteLanes(lanes);
      at = 0;
    }
  }
  add(at, 0x1f);
  add(RATE - 1, 0x80);
  const bytes = new Uint8Array(length);
  for (let from = 0; from < length; from += 1) {
    if (from % RATE === 0) permuteLanes(lanes);
    bytes[from] = lanes[(from % RATE) >> 2] >>> (8 * (from & 3));
  }
  return bytes;
};
/** The quantile of the Poisson distribution with mean 1 at each of 2^16 steps from 0 to 1. */
const POISSON = new Uint8Array(2 ** 16);
for (const [number, bound] of POISSON_BOUNDS.entries()) POISSON.fill(number, bound);
const encoder = new TextEncoder();
/**
 * The number of times a document is in each bootstrap sample.
 * @type {(docId: string, resamples: number, seed: number) => Uint8Array}
 */
const documentWeights = (docId, resamples, seed) => {
  const bytes = shake128(encoder.encode(`${seed} ${docId}`), 2 * resamples);
  return Uint8Array.from({ length: resamples }, (_, at) => POISSON[bytes[2 * at] + 256 * bytes[2 * at + 1]]);
};

/* PCG64 (O'Neill 2014) as seeded by NumPy. State and increment are four 32-bit words, the lowest first. */
/** The multiplier of PCG64 as eight 16-bit words, so that every product is exact. */
const [M0, M1, M2, M3, M4, M5, M6, M7] = [0xf645, 0x9fcc, 0xdf64, 0x4385, 0x5da4, 0x1fc6, 0xed05, 0x2360];
/**
 * A function that returns 32-bit numbers: the lower half of each 64-bit output of PCG64, then the upper half.
 * @type {(start: number[], increment: number[]) => () => number}
 */
const pcg64 = (start, increment) => {
  let [s0, s1, s2, s3] = start;
  const [i0, i1, i2, i3] = increment;
  let upper = -1;
  /* The sums of products for every 16 bits, each with the carry of the one before. */
  const step = () => {
    const a = s0 * M0 + i0;
    const b = s0 * M1 + Math.floor(a / 65536);
    const c = s0 * M2 + s1 * M0 + i1 + Math.floor(b / 65536);
    const d = s0 * M3 + s1 * M1 + Math.floor(c / 65536);
    const e = s0 * M4 + s1 * M2 + s2 * M0 + i2 + Math.floor(d / 65536);
    const f = s0 * M5 + s1 * M3 + s2 * M1 + Math.floor(e / 65536);
    const g = s0 * M6 + s1 * M4 + s2 * M2 + s3 * M0 + i3 + Math.floor(f / 65536);
    const h = s0 * M7 + s1 * M5 + s2 * M3 + s3 * M1 + Math.floor(g / 65536);
    s0 = ((a & 65535) | (b << 16)) >>> 0;
    s1 = ((c & 65535) | (d << 16)) >>> 0;
    s2 = ((e & 65535) | (f << 16)) >>> 0;
    s3 = ((g & 65535) | (h << 16)) >>> 0;
  };
  return () => {
    if (upper >= 0) {
      const value = upper;
      upper = -1;
      return value;
    }
    step();
    const isTurned = s3 >>> 31 === 1;
    const low = isTurned ? s1 ^ s3 : s0 ^ s2;
    const high = isTurned ? s0 ^ s2 : s1 ^ s3;
    const by = (s3 >>> 26) & 31;
    upper = by ? ((high >>> by) | (low << (32 - by))) >>> 0 : high >>> 0;
    return by ? ((low >>> by) | (high << (32 - by))) >>> 0 : low >>> 0;
  };
};
/**
 * A function that on each call chooses `size` of the documents at random, exactly as `deals` in
 * scripts/maths/permutation.py does for up to ten thousand documents (Floyd 1987; Lemire 2019).
 * @type {(size: number, documents: number) => () => Uint32Array}
 */
const dealer = (size, documents) => {
  const next = pcg64(DEAL_STATE, DEAL_INCREMENT);
  const chosen = new Uint32Array(size);
  const isChosen = new Uint8Array(documents);
  return () => {
    isChosen.fill(0);
    for (let at = 0; at < size; at += 1) {
      const n = documents - size + at + 1;
      let product = 0;
      do product = next() * n;
      while (product % 2 ** 32 < 2 ** 32 % n);
      const other = Math.floor(product / 2 ** 32);
      chosen[at] = isChosen[other] ? n - 1 : other;
      isChosen[chosen[at]] = 1;
    }
    return chosen;
  };
};
