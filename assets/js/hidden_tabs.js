if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// Keeps the page at work in a tab that is not on top.
//
// MicroPython wakes a task that has nothing to wait for with setTimeout(task, 0). Browsers hold the
// timers of hidden tabs back, to one turn in a second and later to one in a minute, so that a queue
// of photos would all but stand still; and in a tab that is seen each takes 4 ms (HTML, 8.6), a tenth
// of a second in all when the page starts. Messages are not held back and serve as such turns.
const { setTimeout: later, clearTimeout: forget } = globalThis;
const turns = new MessageChannel();
const tasks = new Map();
let latest = 0;

turns.port1.onmessage = ({ data: id }) => {
  const task = tasks.get(id);
  tasks.delete(id);
  task?.();
};

globalThis.setTimeout = (task, delay, ...rest) => {
  const waits = delay > 0 || typeof task !== "function";
  if (waits) return later(task, delay, ...rest);
  // The browser's own numbers are above 0.
  latest -= 1;
  tasks.set(latest, () => task(...rest));
  turns.port2.postMessage(latest);
  return latest;
};

globalThis.clearTimeout = (id) => {
  if (!tasks.delete(id)) forget(id);
};
