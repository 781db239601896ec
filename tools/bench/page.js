// The smallest page around the peer's library, used as its documentation shows: one call per
// photo, default model, default options. The marks that the driver and the probe look for
// (data-python, .row, data-state ...) are those of Homecut's page, so both are watched alike.
import { removeBackground } from "@imgly/background-removal";

const options = { publicPath: new URL("data/", location.href).href };
let inferenceSeconds = 0;

document.getElementById("file-input").addEventListener("change", async (event) => {
  const work = Array.from(event.target.files, (file) => [file, makeRow(file.name)]);
  await watchNetwork();
  for (const [file, row] of work) await cutOut(file, row);
});
document.documentElement.dataset.python = "ready";

async function cutOut(file, row) {
  row.dataset.state = "inferring";
  inferenceSeconds = 0;
  try {
    const result = await removeBackground(file, options);
    const link = row.querySelector("a");
    link.href = URL.createObjectURL(result);
    link.download = file.name.replace(/\.\w+$/, ".png");
    row.dataset.inferenceSeconds = inferenceSeconds;
    row.dataset.state = "done";
  } catch (error) {
    row.querySelector(".row-status").textContent = String(error);
    row.dataset.state = "failed";
  }
}

// Times session.run alone. The library imports this very module when it is first called, so
// loading it here, just before, costs nothing that it would not cost then.
let watched = false;
async function watchNetwork() {
  if (watched) return;
  watched = true;
  const { InferenceSession } = (await import("onnxruntime-web")).default;
  const create = InferenceSession.create;
  InferenceSession.create = async function (...parts) {
    const session = await create.apply(this, parts);
    const run = session.run;
    session.run = async function (...feeds) {
      const started = performance.now();
      const answer = await run.apply(this, feeds);
      inferenceSeconds += (performance.now() - started) / 1000;
      return answer;
    };
    return session;
  };
}

function makeRow(name) {
  const row = document.createElement("li");
  row.className = "row";
  const add = (tag, className, text) => {
    const part = document.createElement(tag);
    part.className = className;
    part.textContent = text;
    row.append(part);
    return part;
  };
  add("span", "row-name", name);
  add("span", "row-status", "");
  add("a", "", "Download").href = "#";
  const remove = add("button", "", "Remove");
  remove.setAttribute("aria-label", `Remove ${name}`);
  remove.addEventListener("click", () => {
    URL.revokeObjectURL(row.querySelector("a").href);
    row.remove();
  });
  document.getElementById("queue").append(row);
  row.dataset.state = "waiting";
  return row;
}
