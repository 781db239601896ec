// Called by tools/bench/codecs.py inside a page of the site: one picture through one codec worker.
// Returns the file as base64 and the seconds; the codec is loaded and warm before the clock starts.
async ([photo, codec, options, threads]) => {
  const bytes = Uint8Array.from(atob(photo), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const address = new URL("assets/js/codecs.js", document.baseURI);
  const worker = new Worker(address, { type: "module", name: crypto.randomUUID() });
  const answer = () =>
    new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
    });
  const encode = async (pixels, width, height) => {
    const buffer = new Uint8Array(pixels).buffer;
    const message = { codec, verb: "encode", width, height, options, threads, buffer };
    worker.postMessage({ id: 1, ...message }, [buffer]);
    const result = await answer();
    if (!result.ok) throw new Error(`${result.code}: ${result.words}`);
    return result.buffer;
  };
  await answer();
  await encode(context.getImageData(0, 0, 64, 64).data, 64, 64);
  const pixels = context.getImageData(0, 0, width, height).data;
  const start = performance.now();
  const buffer = await encode(pixels, width, height);
  const seconds = (performance.now() - start) / 1000;
  worker.terminate();
  const reader = new FileReader();
  const loaded = new Promise((resolve) => (reader.onload = resolve));
  reader.readAsDataURL(new Blob([buffer]));
  await loaded;
  return { file: reader.result.split(",")[1], seconds };
};
