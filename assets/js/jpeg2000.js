if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// Reads JPEG 2000 files by OpenJPEG, as Mozilla builds it for pdf.js: the program alone, unchanged. What
// it asks of its surroundings stands here in place of the script that pdf.js has around it; the letters
// are those of the pinned build (requirements/vendor.txt).
//
// Sources: ISO/IEC 15444-1, annex A (markers) and annex I (boxes).

const MOST_BYTES = 2 ** 31;
const PAGE = 65536;
const NO_SEEKING = 70; // ESPIPE

const START = 0xff4f;
const SIZ = 0xff51;
const TILE = 0xff90;
const END = 0xffd9;
const SHORTEST_TILE = 14;
const STREAM_BOX = 0x6a703263; // jp2c

export async function openjpeg(response) {
  let memory;
  const told = {};
  const bytes = (at, size) => new Uint8Array(memory.buffer, at, size);
  const text = (at) => {
    const from = new Uint8Array(memory.buffer, at);
    return new TextDecoder().decode(from.slice(0, from.indexOf(0)));
  };
  const surroundings = {
    a: (at) => (told.words = `${told.words ?? ""} ${text(at)}`),
    b: (stream, pieces, count, written) => {
      const words = new Uint32Array(memory.buffer);
      let size = 0;
      for (let each = 0; each < count; each++) size += words[(pieces >> 2) + 2 * each + 1];
      words[written >> 2] = size;
      return 0;
    },
    c: (asked) => grown(memory, asked >>> 0),
    d: () => NO_SEEKING,
    e: () => {},
    f: (at, size) => (told.pixels = bytes(at, size).slice()),
    // The two ways out for single channels are not asked for.
    g: () => {},
    h: () => {},
  };
  const { instance } = await WebAssembly.instantiateStreaming(response, { a: surroundings });
  const { i, j: start, k: allocate, l: free, m: decode } = instance.exports;
  memory = i;
  start();
  return {
    // Returns RGBA of a file's bytes. `alpha` takes a second or fourth channel for transparency,
    // `multiplied` is handed back: whether alpha is in the colours.
    read(content, { width, height, alpha, multiplied }) {
      if (!isWhole(content)) throw new Error("a tile is missing");
      told.words = told.pixels = undefined;
      const at = allocate(content.length);
      if (!at) throw new RangeError("out of memory");
      bytes(at, content.length).set(content);
      const failed = decode(at, content.length, 0, 0, alpha ? 1 : 0, 0, 0);
      free(at);
      const { pixels } = told;
      if (failed || !pixels) throw new Error(told.words ?? "not decoded");
      if (pixels.length !== width * height * 4) throw new Error("another size than it says");
      return { data: pixels, width, height, multiplied };
    },
  };
}

// Gives the program more memory, some more than it asks for; 0 where there is none.
function grown(memory, asked) {
  const has = memory.buffer.byteLength;
  if (asked > MOST_BYTES) return 0;
  for (const reserve of [has / 5, 0]) {
    const wanted = Math.min(MOST_BYTES, asked + reserve);
    try {
      memory.grow(Math.ceil((wanted - has) / PAGE));
      return 1;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return 0;
}

// Tells whether no tile is missing. OpenJPEG refuses what breaks off, but leaves those black that are not
// there at all, without a word.
function isWhole(content) {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  let at = codestream(view);
  const parts = new Map();
  let tiles = 0;
  while (at + 12 <= view.byteLength) {
    const marker = view.getUint16(at);
    if (marker === START) {
      at += 2;
    } else if (marker === TILE) {
      const [tile, size, all] = [view.getUint16(at + 4), view.getUint32(at + 6), view.getUint8(at + 11)];
      const known = parts.get(tile) ?? { seen: 0, all: 0 };
      parts.set(tile, { seen: known.seen + 1, all: all || known.all });
      if (size === 0) break; // the last one, to the end
      if (size < SHORTEST_TILE) return false;
      at += size;
    } else {
      if (marker < 0xff00 || marker === END) break;
      if (marker === SIZ && at + 40 <= view.byteLength) tiles = count(view, at + 6);
      at += 2 + view.getUint16(at + 2);
    }
  }
  return tiles > 0 && parts.size === tiles && [...parts.values()].every(({ seen, all }) => seen >= all);
}

// Returns where the codestream begins: in the box jp2c, or at once.
function codestream(view) {
  if (view.getUint16(0) === START) return 0;
  for (let at = 0; at + 16 <= view.byteLength; ) {
    const size = view.getUint32(at);
    const start = size === 1 ? at + 16 : at + 8;
    if (view.getUint32(at + 4) === STREAM_BOX) return start;
    const length = size === 1 ? Number(view.getBigUint64(at + 8)) : size;
    if (length < 8) break;
    at += length;
  }
  return view.byteLength;
}

// Returns how many tiles a picture is cut into: its right and bottom sides, its own left and top, the
// tiles' sides, and where the first one begins.
function count(view, at) {
  const [right, bottom, , , width, height, left, top] = Array.from({ length: 8 }, (_, index) =>
    view.getUint32(at + 4 * index),
  );
  return Math.ceil((right - left) / width) * Math.ceil((bottom - top) / height);
}
