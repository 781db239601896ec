if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// One worker of the codec pool (ui/work/codecs.py): writes JPEG, WebP, AVIF, JPEG XL and small PNG,
// reads AVIF, JPEG XL, JPEG 2000 and HEIC.
//
// A message is {id, codec, verb: "encode" | "decode", width, height, options, threads, buffer}:
// `options` is a JSON text (common/edits/codec_options.py; for JPEG 2000 what common/media/jp2_media.py says
// of the file), `buffer` holds RGBA pixels, for OxiPNG and for decoding a whole file. The answer is {id, ok, buffer, width, height} or {id, ok, code, words};
// `pictures` counts those of a file that may hold several.
//
// A codec is fetched when it is first asked for. Each is what its npm package ships; the packages'
// outer modules import by bare names, which a worker cannot resolve, so their few lines stand here.
const loaded = new Map();

function once(name, make) {
  if (!loaded.has(name)) loaded.set(name, make());
  return loaded.get(name);
}

// An Emscripten module and the default options beside it.
async function emscripten(glue, meta) {
  const [{ default: factory }, { defaultOptions }] = await Promise.all([glue, meta]);
  return { module: await factory({ noInitialRun: true }), defaultOptions };
}

const CODECS = {
  mozjpeg: () =>
    emscripten(
      import("../vendor/codecs/jpeg/mozjpeg_enc.js"),
      import("../vendor/codecs/jpeg/meta.js"),
    ),
  webp: () =>
    emscripten(
      import("../vendor/codecs/webp/webp_enc_simd.js"),
      import("../vendor/codecs/webp/meta.js"),
    ),
  avif: () =>
    emscripten(import("../vendor/codecs/avif/avif_enc.js"), import("../vendor/codecs/avif/meta.js")),
  "avif-threads": () =>
    emscripten(
      import("../vendor/codecs/avif/avif_enc_mt.js"),
      import("../vendor/codecs/avif/meta.js"),
    ),
  "avif-decode": () => emscripten(import("../vendor/codecs/avif/avif_dec.js"), {}),
  jxl: () =>
    emscripten(import("../vendor/codecs/jxl/jxl_enc.js"), import("../vendor/codecs/jxl/meta.js")),
  "jxl-threads": () =>
    emscripten(
      import("../vendor/codecs/jxl/jxl_enc_mt_simd.js"),
      import("../vendor/codecs/jxl/meta.js"),
    ),
  "jxl-decode": () => emscripten(import("../vendor/codecs/jxl/jxl_dec.js"), {}),
  "heic-decode": heic,
  async "jpeg2000-decode"() {
    const { openjpeg } = await import("./jpeg2000.js");
    return { module: await openjpeg(part("../vendor/codecs/jpeg2000/openjpeg.wasm")) };
  },
  async oxipng() {
    const codec = await import("../vendor/codecs/oxipng/squoosh_oxipng.js");
    await codec.default();
    return { module: codec };
  },
};

// libheif is under the LGPL: its script lies on the site as its authors made it, as a text, and becomes
// a worker of this worker only here, together with what talks to it.
async function heic() {
  const folder = "../vendor/codecs/heic/";
  const [script, talk, program] = await Promise.all([
    part(folder + "libheif.js.txt").then((response) => response.blob()),
    part("heic.js").then((response) => response.blob()),
    WebAssembly.compileStreaming(part(folder + "libheif.wasm")),
  ]);
  const address = URL.createObjectURL(new Blob([script, "\n", talk], { type: "text/javascript" }));
  const worker = new Worker(address);
  const failed = new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
  });
  worker.postMessage({ program });
  return { module: { decode: (bytes) => Promise.race([heard(worker, bytes), failed]) } };
}

function heard(worker, bytes) {
  return new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage({ bytes: bytes.buffer }, [bytes.buffer]);
  });
}

async function part(path) {
  const response = await fetch(new URL(path, import.meta.url));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

// Which program does the work. Threads need shared memory, which only an isolated page has (and
// WebKitGTK not even then).
const SHARES_MEMORY = self.crossOriginIsolated && "SharedArrayBuffer" in self;

function program({ codec, verb, threads }) {
  if (verb === "decode") return codec + "-decode";
  // The one with threads is also the only one with vector instructions.
  if (codec === "jxl" && SHARES_MEMORY) return "jxl-threads";
  return codec === "avif" && threads && SHARES_MEMORY ? "avif-threads" : codec;
}

async function decoded(codec, bytes, options, module) {
  if (codec === "heic") {
    const { words, multiplied, ...answer } = await module.decode(bytes);
    if (words) throw new Error(words);
    if (multiplied) straighten(new Uint8Array(answer.buffer));
    return answer;
  }
  const picture = opened(codec, bytes, options, module);
  if (!picture) throw new Refused("damaged");
  if (picture.multiplied) straighten(picture.data);
  return { buffer: picture.data.buffer, width: picture.width, height: picture.height };
}

// Takes the alpha out of colours that were multiplied by it (ISO/IEC 23008-12, reference "prem";
// ISO/IEC 15444-1, I.5.3.6).
function straighten(pixels) {
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3];
    if (alpha === 0 || alpha === 255) continue;
    for (let channel = at; channel < at + 3; channel++) {
      pixels[channel] = Math.min(255, Math.round((pixels[channel] * 255) / alpha));
    }
  }
}

function opened(codec, bytes, options, module) {
  if (codec === "jpeg2000") return module.read(bytes, JSON.parse(options));
  return codec === "avif" ? module.decode(bytes, 8) : module.decode(bytes);
}

async function work({ codec, verb, width, height, options, buffer }, { module, defaultOptions }) {
  const bytes = new Uint8Array(buffer);
  if (verb === "decode") return decoded(codec, bytes, options, module);
  const chosen = { ...defaultOptions, ...JSON.parse(options) };
  if (codec === "oxipng") {
    const { level, interlace, optimiseAlpha } = chosen;
    return { buffer: module.optimise(bytes, level, interlace, optimiseAlpha).buffer, width, height };
  }
  if (bytes.byteLength !== width * height * 4) throw new Error("the pixels do not fill the size");
  const encoded = module.encode(bytes, width, height, chosen);
  if (!encoded) throw new Error("no result");
  return { buffer: encoded.buffer, width, height };
}

class Refused extends Error {}

self.onmessage = async ({ data }) => {
  const name = program(data);
  let codec;
  try {
    codec = await once(name, CODECS[name]);
  } catch (error) {
    self.postMessage({ id: data.id, ok: false, code: "codec_unavailable", words: String(error) });
    return;
  }
  try {
    const answer = await work(data, codec);
    self.postMessage({ id: data.id, ok: true, ...answer }, [answer.buffer]);
  } catch (error) {
    // After this the codec's memory may be in any state; the pool ends this worker.
    self.postMessage({ id: data.id, ok: false, ...reason(error, data.verb) });
  }
};

function reason(error, verb) {
  const words = String(error?.message ?? error);
  if (error instanceof Refused) return { code: words, words };
  const memory = error instanceof RangeError || /memory|OOM|bad_alloc/i.test(words);
  const failed = verb === "decode" ? "damaged" : "codec_failed";
  return { code: memory ? "out_of_memory" : failed, words };
}

// The page learns from this lock that the worker has ended (common/liveness.py).
await new Promise((held) => {
  if (!navigator.locks) return held();
  navigator.locks.request(self.name, () => {
    held();
    return new Promise(() => {});
  });
});
self.postMessage({ id: 0, ok: true });
