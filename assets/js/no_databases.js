if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// Keeps the browser's databases (IndexedDB) out of use, on the page and in PyScript's workers.
//
// PyScript opens one database when it loads and one in each Pyodide worker, for folders that were
// mounted and packages that were frozen. Homecut has neither, and no setting prevents it, so both
// stayed empty. Here they get one that is empty for good; whoever tries to keep something in it
// fails. Only the list of the real databases can still be asked for, by the self-audit.
//
// And it tells start.js, from page and workers alike, what the browser itself has refused. Where the
// allowlist does that, the gate never sees the request; the browser's timing knows it as one without
// an answer.
(() => {
  const channel = `homecut-refused-${crypto.randomUUID()}`;
  globalThis.homecutRefused = channel;
  const tellRefusals = (name) => {
    const port = new BroadcastChannel(name);
    const tell = ({ name: url, responseStatus }) => {
      if (responseStatus === 0 && url.startsWith("http")) port.postMessage(url);
    };
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(tell));
    observer.observe({ type: "resource", buffered: true });
  };
  const keepOut = () => {
    const real = globalThis.indexedDB;
    const answered = (result) => {
      const request = {};
      queueMicrotask(() => request.onsuccess?.({ target: { result } }));
      return request;
    };
    const store = {
      count: () => answered(0),
      getAllKeys: () => answered([]),
      get: () => answered(undefined),
      getKey: () => answered(undefined),
      clear: () => answered(undefined),
      delete: () => answered(undefined),
      put() {
        throw new Error("Homecut keeps nothing in databases.");
      },
    };
    const database = { transaction: () => ({ objectStore: () => store }), close() {} };
    const standIn = { open: () => answered(database) };
    if (real?.databases) standIn.databases = () => real.databases();
    Object.defineProperty(globalThis, "indexedDB", { value: standIn });
  };
  keepOut();
  tellRefusals(channel);
  // PyScript writes its workers' program into a blob; the same comes first there.
  const prelude = `(${keepOut})();(${tellRefusals})("${channel}");\n`;
  const address = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (object) => {
    const isProgram = object.type === "text/javascript";
    return address(isProgram ? new Blob([prelude, object], { type: object.type }) : object);
  };
})();
