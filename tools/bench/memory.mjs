// Opens a page in a browser of its own and gives it photos one after the other, so that its memory
// can be watched from outside (npm puppeteer-core, tools/bench/memory_run.py).
//
//   node memory.mjs SETTINGS
//
// Two things would count for memory that no user's browser spends, and are left out: a private
// window keeps all that it stores in memory, so the profile is an ordinary one on disk; and who
// drives a browser usually records its network, for which the page's process keeps every answer's
// body, in base64. SETTINGS is JSON; each step ends with one line of JSON on the standard output.
import { createRequire } from "node:module";
import { join } from "node:path";

const settings = JSON.parse(process.argv[2]);
const puppeteer = createRequire(join(settings.nodeModules, "any.js"))("puppeteer-core");
const timeout = settings.patience * 1000;

const browser = await puppeteer.launch({
  executablePath: settings.chromium,
  args: settings.flags,
  userDataDir: settings.profile,
  headless: true,
  networkEnabled: false,
  protocolTimeout: timeout,
  timeout,
});
try {
  report({ process: browser.process().pid });
  const [page] = await browser.pages();
  page.setDefaultTimeout(timeout);
  if (settings.url) await cutOut(page);
  else await new Promise((resolve) => setTimeout(resolve, settings.emptySeconds * 1000));
  report({ ended: true });
} finally {
  await browser.close();
}

async function cutOut(page) {
  await page.goto(settings.url, { waitUntil: "domcontentloaded" });
  await page.waitForSelector("html[data-python=ready]");
  if (settings.quality) {
    await page.click("#details-open");
    await page.select("#quality", settings.quality);
    await page.click("#details-close");
  }
  for (const photo of settings.photos) {
    const input = await page.$("#file-input");
    await input.uploadFile(photo);
    const row = await page.waitForSelector(".row:is([data-state=done], [data-state=failed])");
    const [state, words] = await row.evaluate((one) => [one.dataset.state, one.textContent]);
    if (state !== "done") throw new Error(`${photo}: ${words}`);
    report({ photo });
    await page.$eval('.row button[aria-label^="Remove "]', (button) => button.click());
    await page.waitForSelector(".row", { hidden: true });
  }
}

function report(value) {
  process.stdout.write(JSON.stringify(value) + "\n");
}
