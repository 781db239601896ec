if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// Packs files into one ZIP, off the main thread (ui/browser/downloads.py).
//
// The message is {files: [[name, Blob], ...]}; the archive comes back as a Blob. Pictures are stored
// as they are, since they are compressed already. Its module is imported on the way: at the head it
// would have to be one of the files that may become workers (worker-src of the gate's policy).

self.onmessage = async ({ data: { files } }) => {
  let done = 0;
  async function* entries() {
    for (const [name, input] of files) {
      yield { name, input, lastModified: new Date() };
      self.postMessage({ done: ++done });
    }
  }
  try {
    const { makeZip } = await import("../vendor/client-zip/index.js");
    const stream = makeZip(entries(), { buffersAreUTF8: true });
    const headers = { "Content-Type": "application/zip" };
    const blob = await new Response(stream, { headers }).blob();
    self.postMessage({ ok: true, blob });
  } catch (error) {
    self.postMessage({ ok: false, name: error.name, words: error.message });
  }
};
