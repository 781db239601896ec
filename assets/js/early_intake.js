if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// Keeps what is dropped, pasted, chosen or pressed before Python has started, and what an installed app
// is opened with.
// Nothing else on the page can answer in the first second (many, on a slow line), and a browser that
// nobody stops opens a dropped file instead of the app. main.py takes all of it over and removes these
// handlers.
(() => {
  const waiting = [];
  const wishes = { tab: "", sample: false, picker: false, button: "" };
  const LATER = ["theme", "details-open", "shortcuts-open", "check-open"];
  let seen = false;
  let taken = false;
  const element = (id) => document.getElementById(id);
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
    hold();
  };
  const allow = (event) => event.preventDefault();
  // Says that what was given is kept until the tools are there, and shows the first photo at once: it
  // is drawn and never read back.
  const hold = async () => {
    const zone = element("dropzone");
    if (!zone) return;
    zone.dataset.early = "kept";
    const [file] = waiting;
    if (seen || !(file instanceof File)) return;
    seen = true;
    const sight = await createImageBitmap(file).catch(() => null);
    if (!sight || taken) return;
    const canvas = element("photo-canvas");
    [canvas.width, canvas.height] = [sight.width, sight.height];
    canvas.getContext("2d").drawImage(sight, 0, 0);
    sight.close();
    canvas.hidden = element("stage").hidden = false;
    element("frame").classList.add("has-picture", "is-working", "is-early");
    element("stage-name").textContent = file.name;
    element("stage-words").textContent = element("engine-label").textContent;
    element("main").dataset.view = "working";
  };
  const press = ({ target }) => {
    const { id } = target.closest?.("button") ?? {};
    if (id === "choose") {
      wishes.picker = true;
      element("file-input").click();
    } else if (id === "sample") {
      wishes.sample = true;
      hold();
    } else if (LATER.includes(id)) {
      wishes.button = id; // pressed once more when something answers
    } else if (id?.startsWith("tab-")) {
      wishes.tab = id.slice(4);
      for (const tab of target.parentElement.children) tab.ariaSelected = String(tab.id === id);
    }
  };
  const chosen = ({ target }) => {
    if (target.id !== "file-input") return;
    waiting.push(...target.files);
    if (target.files.length) hold();
    target.value = "";
  };
  const closed = ({ target }) => {
    if (target.id === "file-input") wishes.picker = false;
  };
  // Files of the system come as handles. After a reload browsers tell of the same launch again; then the
  // journal brings the photos back, unless it is start.js that has loaded the page once more.
  const launched = ({ files, targetURL }) => {
    const [{ type }] = performance.getEntriesByType("navigation");
    if (type === "reload" && reloader === null) return;
    waiting.push(...files);
    if (files.length) hold();
    const { hash } = new URL(targetURL);
    if (hash && hash !== location.hash) wishes.tab = hash.slice(1);
  };
  const reloader = history.state;
  // The lab listens for itself.
  if (!document.documentElement.dataset.speaks) globalThis.launchQueue?.setConsumer(launched);
  // Nobody is asked to install what he has not used yet; ui/device/install_offer.py asks later.
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    globalThis.homecutInstall = event;
  });
  const heard = [
    ["dragover", allow], ["drop", keep], ["paste", keep], ["click", press],
    ["change", chosen], ["cancel", closed],
  ];
  for (const [name, answer] of heard) addEventListener(name, answer, true);
  // Whether loading the page once more would lose something.
  globalThis.hasEarlyFiles = () =>
    waiting.length > 0 || wishes.sample || wishes.picker || wishes.tab !== "";
  globalThis.takeEarlyTab = () => wishes.tab;
  globalThis.takeEarlySample = () => wishes.sample;
  globalThis.pressEarlyButton = () => element(wishes.button)?.click();
  globalThis.takeEarlyFiles = () => {
    taken = true;
    for (const [name, answer] of heard) removeEventListener(name, answer, true);
    if (element("dropzone")) delete element("dropzone").dataset.early;
    return waiting.splice(0);
  };
})();
