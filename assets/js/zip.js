// Packs files into one ZIP, off the main thread (ui/browser/downloads.py).
//
// The message is {files: [[name, Blob], ...], target}: `target` is a file that the user chose
// (FileSystemFileHandle), into which the archive is streamed, or nothing; then it comes back as a
// Blob. Pictures are stored as they are, since they are compressed already.
import { makeZip } from "../vendor/client-zip/index.js";

self.onmessage = async ({ data: { files, target } }) => {
  let done = 0;
  async function* entries() {
    for (const [name, input] of files) {
      yield { name, input, lastModified: new Date() };
      self.postMessage({ done: ++done });
    }
  }
  try {
    const stream = makeZip(entries(), { buffersAreUTF8: true });
    if (target) {
      await stream.pipeTo(await target.createWritable());
      self.postMessage({ ok: true });
    } else {
      const type = "application/zip";
      const blob = await new Response(stream, { headers: { "Content-Type": type } }).blob();
      self.postMessage({ ok: true, blob });
    }
  } catch (error) {
    self.postMessage({ ok: false, name: error.name, words: error.message });
  }
};
