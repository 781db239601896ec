// Drives Firefox over WebDriver BiDi (npm puppeteer-core) through a visitor's journey.
//
//   node firefox_journey.mjs SETTINGS
//
// SETTINGS is JSON: nodeModules, firefox, url, proxyPort, patience (seconds), downloads (folder),
// online and offline (paths of photos). After the online part one line of JSON goes to the standard
// output and a line is awaited on the standard input, so that the caller can pull the cable; the
// offline part ends with a second line. tests/browser/firefox.py is the caller.
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const settings = JSON.parse(process.argv[2]);
const puppeteer = createRequire(join(settings.nodeModules, "any.js"))("puppeteer-core");
const timeout = settings.patience * 1000;

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: settings.firefox,
  headless: true,
  protocolTimeout: timeout,
  timeout,
  // Lets puppeteer's settings keep the browser's own housekeeping at home.
  env: { ...process.env, MOZ_REMOTE_SETTINGS_DEVTOOLS: "1" },
  extraPrefsFirefox: {
    // Whatever is meant for another host than this one goes to the caller's recorder.
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": settings.proxyPort,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": settings.proxyPort,
    // Downloads are saved at once, as a user's are.
    "browser.download.folderList": 2,
    "browser.download.dir": settings.downloads,
    "browser.download.alwaysOpenPanel": false,
  },
});
const notes = takeNotes(browser);
try {
  console.log(JSON.stringify({ ...(await visit(settings.online)), ...notes.taken() }));
  await once(process.stdin, "data");
  console.log(JSON.stringify({ ...(await visit(settings.offline)), ...notes.taken() }));
  process.stdin.destroy();
} catch (error) {
  console.error(JSON.stringify({ failed: String(error), ...(await screenTexts()) }, null, 1));
  throw error;
} finally {
  await browser.close();
}

// Listens below puppeteer's pages, at the protocol, where workers' events come by, too.
function takeNotes({ connection }) {
  let requests = [];
  let messages = [];
  connection.on("network.beforeRequestSent", ({ request }) => {
    requests.push({ method: request.method, url: request.url, bodySize: request.bodySize ?? 0 });
  });
  connection.on("log.entryAdded", ({ level, text }) => messages.push({ level, text }));
  return {
    taken() {
      const notes = { requests, messages };
      requests = [];
      messages = [];
      return notes;
    },
  };
}

// Opens a fresh tab, cuts one photo out, saves it and says what there was to see.
async function visit(photo) {
  const began = Date.now();
  const seconds = () => (Date.now() - began) / 1000;
  const page = await browser.newPage();
  page.setDefaultTimeout(timeout);
  await page.goto(settings.url);
  await page.waitForSelector("html[data-python=ready]");
  const readySeconds = seconds();
  const input = await page.$("#file-input");
  await input.uploadFile(photo);
  await page.waitForSelector(".row[data-state=done], .row[data-state=failed]");
  const doneSeconds = seconds();
  const row = await page.$eval(".row", (element) => ({
    state: element.dataset.state,
    status: element.querySelector(".row-status").textContent,
  }));
  let saved = null;
  if (row.state === "done") saved = await download(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const browserFacts = await page.evaluate(() => ({
    isolated: crossOriginIsolated,
    sharedMemory: typeof SharedArrayBuffer === "function",
    cores: navigator.hardwareConcurrency,
    hint: document.getElementById("hint").checkVisibility()
      ? document.getElementById("hint").textContent
      : "",
  }));
  await page.click("#details-open");
  const panel = await page.$eval("#facts", (list) =>
    Object.fromEntries(
      [...list.querySelectorAll("dt")].map((term) => [
        term.textContent,
        term.nextElementSibling.textContent,
      ]),
    ),
  );
  const version = await browser.version();
  await page.close();
  return { version, readySeconds, doneSeconds, row, saved, panel, ...browserFacts };
}

// What the user would read when nothing goes on.
async function screenTexts() {
  const pages = await browser.pages();
  const texts = await Promise.all(pages.map((page) => page.evaluate(() => document.body.innerText)));
  return { texts, ...notes.taken() };
}

// Clicks the row's link and waits until the file is complete; returns its name.
async function download(page) {
  const name = await page.$eval(".row a[download]", (link) => link.download);
  const file = join(settings.downloads, name);
  await page.click(".row a[download]");
  for (const end = Date.now() + timeout; Date.now() < end; await sleep(100)) {
    // Firefox writes to NAME.part (or a random one) and keeps NAME empty until that is renamed.
    if (existsSync(file) && !existsSync(file + ".part")) return name;
  }
  throw new Error(`${name} has not been saved`);
}
