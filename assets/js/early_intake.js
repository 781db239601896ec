if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// Keeps what is dropped, pasted or chosen before Python has started.
// Nothing else on the page can answer in the first half second, and a browser that nobody stops
// opens a dropped file instead of the app. main.py takes the list over and removes these handlers.
(() => {
  const waiting = [];
  const keep = (event) => {
    const items = event.dataTransfer ?? event.clipboardData;
    if (event.type === "drop") event.preventDefault(); // a dropped address would be opened
    if (!items?.files.length) return;
    event.preventDefault();
    for (const item of items.items) {
      const entry = item.kind === "file" ? item.webkitGetAsEntry?.() : null;
      if (entry?.isDirectory) waiting.push(entry);
      else if (item.kind === "file") waiting.push(item.getAsFile());
    }
  };
  const allow = (event) => event.preventDefault();
  addEventListener("dragover", allow);
  addEventListener("drop", keep);
  addEventListener("paste", keep);
  globalThis.hasEarlyFiles = () => waiting.length > 0;
  globalThis.takeEarlyFiles = () => {
    removeEventListener("dragover", allow);
    removeEventListener("drop", keep);
    removeEventListener("paste", keep);
    return waiting.splice(0);
  };
})();
