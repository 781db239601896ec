if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// Reads HEIC files by libheif. codecs.js puts this text behind libheif's own script, unchanged, and starts
// both as one worker, which gets the compiled program first and then one file after the other.
//
// A message is {program} or {bytes}; the answer to a file is {buffer, width, height, multiplied, pictures}
// with RGBA bytes, upright, in the file's own colours, or {words}. `multiplied` tells whether alpha is in
// the colours, `pictures` counts those of the file; depth maps, gain maps and thumbnails belong to a picture and are none.
let ready;

self.onmessage = async ({ data: { program, bytes } }) => {
  ready ??= started(program);
  if (program) return;
  try {
    const answer = await read(await ready, bytes);
    self.postMessage(answer, [answer.buffer]);
  } catch (error) {
    self.postMessage({ words: String(error?.message ?? error) });
  }
};

// The library's names are put in order right after it was called, so its program has to be there by then.
async function started(program) {
  return libheif({
    instantiateWasm(imports, done) {
      const instance = new WebAssembly.Instance(program, imports);
      done(instance);
      return instance.exports;
    },
  });
}

async function read(module, bytes) {
  const pictures = new module.HeifDecoder().decode(new Uint8Array(bytes));
  const picture = pictures.find((each) => each.is_primary()) ?? pictures[0];
  if (!picture) throw new Error("no picture in it");
  const space = module.heif_colorspace.heif_colorspace_RGB;
  const layout = module.heif_chroma.heif_chroma_interleaved_RGBA;
  const made = await module.heif_js_decode_image2(picture.handle, space, layout);
  if (!made || made.code) throw new Error(made?.message ?? "not decoded");
  const { data, width, height, stride } = made.channels[0];
  const pixels = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row++) {
    pixels.set(data.subarray(row * stride, row * stride + width * 4), row * width * 4);
  }
  const multiplied = picture.is_premultiplied_alpha();
  return { buffer: pixels.buffer, width, height, multiplied, pictures: pictures.length };
}
