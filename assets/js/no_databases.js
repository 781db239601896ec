if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// Keeps the browser's databases (IndexedDB) out of use, on the page and in PyScript's workers.
//
// PyScript opens one database when it loads and one in each Pyodide worker, for folders that were
// mounted and packages that were frozen. Homecut has neither, and no setting prevents it, so both
// stayed empty. Here they get one that is empty for good; whoever tries to keep something in it
// fails. Only the list of the real databases can still be asked for, by the self-audit.
(() => {
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
  // PyScript writes its workers' program into a blob; the same comes first there.
  const prelude = `(${keepOut})();\n`;
  const address = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (object) => {
    const isProgram = object.type === "text/javascript";
    return address(isProgram ? new Blob([prelude, object], { type: object.type }) : object);
  };
})();
