if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// Reads what the visitor has chosen for the page itself: the names of empty folders in the
// origin-private file system (ui/browser/window/choices.py writes them). `homecutKept` resolves with
// all names there, for whoever else is to know before Python comes.
//
// A theme is put on the page at once. This comes first of all scripts because the file system answers
// later, and the page, which waits for its styles, should not be painted in the other one before.
(() => {
  const THEME = "homecut-theme-";
  const read = async () => {
    try {
      const root = await navigator.storage.getDirectory();
      return await Array.fromAsync(root.keys());
    } catch (error) {
      console.info(`Homecut: this window keeps no choices: ${error}`);
      return [];
    }
  };
  const wear = (names) => {
    for (const theme of ["light", "dark"]) {
      if (names.includes(THEME + theme)) document.documentElement.dataset.theme = theme;
    }
    return names;
  };
  globalThis.homecutKept = read().then(wear);
})();
