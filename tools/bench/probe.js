// Put into each page before its own scripts: notes when things happen, by the page's own clock
// (milliseconds since the navigation began). It reads only what the page shows.
(() => {
  const INTERVAL = 10;
  const probe = { ready: null, chosen: null, rows: {}, tasks: [], gaps: [] };
  window.benchProbe = probe;

  window.addEventListener("change", (event) => {
    if (event.target.id === "file-input") probe.chosen = performance.now();
  }, true);

  const note = ({ target }) => {
    const now = performance.now();
    if (target === document.documentElement) {
      if (target.dataset.python === "ready") probe.ready ??= now;
      return;
    }
    if (!target.classList?.contains("row")) return;
    const name = target.querySelector(".row-name")?.textContent;
    if (!name) return;
    const row = (probe.rows[name] ??= { states: {}, preview: null });
    row.states[target.dataset.state] ??= now;
    if (target.dataset.preview === "yes") row.preview ??= now;
  };
  new MutationObserver((records) => records.forEach(note)).observe(document, {
    subtree: true,
    attributes: true,
    attributeFilter: ["data-python", "data-state", "data-preview"],
  });

  const tasks = (list) => {
    for (const { startTime, duration } of list.getEntries()) {
      probe.tasks.push([startTime, startTime + duration]);
    }
  };
  new PerformanceObserver(tasks).observe({ type: "longtask", buffered: true });

  // A timer that comes late tells how long the page answered nobody, whoever was to blame.
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    if (now - last > 3 * INTERVAL) probe.gaps.push([last + INTERVAL, now]);
    last = now;
  }, INTERVAL);
})();
