// Makes the trip of tests/browser/trip.py in Firefox, over WebDriver BiDi (npm puppeteer-core).
//
//   node firefox_journey.mjs SETTINGS
//
// SETTINGS is JSON, see tests/browser/test_firefox.py, which calls this. After the first visit one
// line of JSON goes to the standard output and some input is awaited, so that the caller can end
// the server; the second visit ends with a second line.
import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
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
  // Lets the first of the settings below count.
  env: { ...process.env, MOZ_REMOTE_SETTINGS_DEVTOOLS: "1" },
  extraPrefsFirefox: {
    // Firefox's own value for "ask nobody": the browser's housekeeping is not what is tested.
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": settings.proxyPort,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": settings.proxyPort,
    "browser.download.folderList": 2,
    "browser.download.dir": settings.downloads,
    "browser.download.alwaysOpenPanel": false,
  },
});

// Listened for below puppeteer's pages, at the protocol, where workers' events come by, too.
let requests = [];
let messages = [];
browser.connection.on("network.beforeRequestSent", ({ request }) => {
  requests.push({ method: request.method, url: request.url, bodySize: request.bodySize ?? 0 });
});
browser.connection.on("log.entryAdded", ({ level, text }) => messages.push({ level, text }));

let page;
try {
  report(await visit(settings.photos.online));
  await once(process.stdin, "data");
  report(await visit(settings.photos.offline));
  page = await browser.newPage();
  // The proxy hangs up, which is an error for a page.
  await page.goto(settings.telltale).catch(() => {});
} catch (error) {
  const screen = await page?.evaluate(() => document.body.innerText);
  console.error(JSON.stringify({ screen, messages }, null, 1));
  throw error;
} finally {
  process.stdin.destroy();
  await browser.close();
}

function report(seen) {
  console.log(JSON.stringify({ ...seen, requests, messages }));
  requests = [];
  messages = [];
}

// Opens a fresh tab, cuts one photo out, saves it and says what there was to see.
async function visit(photo) {
  const began = Date.now();
  const seconds = () => (Date.now() - began) / 1000;
  page = await browser.newPage();
  page.setDefaultTimeout(timeout);
  await page.goto(settings.url);
  await page.waitForSelector("html[data-python=ready]");
  const readySeconds = seconds();
  const input = await page.$("#file-input");
  await input.uploadFile(photo);
  await page.waitForSelector(settings.ended);
  const endedSeconds = seconds();
  await page.waitForSelector("html[data-filled]");
  await page.click("#details-open");
  const seen = await page.evaluate(settings.look);
  await page.click("#details-close");
  if (seen.state === "done") await download(seen.name);
  await page.evaluate(settings.beginAudit);
  await page.waitForSelector(settings.audited);
  await page.waitForSelector(settings.readyOffline);
  const audit = await page.evaluate(settings.lookAtAudit);
  const behind = await behindAnotherTab();
  await page.close();
  return { ...seen, audit, behind, version: await browser.version(), readySeconds, endedSeconds };
}

// How soon the page's tasks are woken while another tab is on top.
async function behindAnotherTab() {
  const front = await browser.newPage();
  await page.waitForFunction(() => document.hidden, { polling: 100 });
  const seconds = await page.evaluate(async () => {
    const began = performance.now();
    for (let turn = 0; turn < 10; turn++) await new Promise((done) => setTimeout(done, 0));
    return (performance.now() - began) / 1000;
  });
  await front.close();
  return seconds;
}

// Clicks the row's link and waits until the file is complete.
async function download(name) {
  const file = join(settings.downloads, name);
  await page.click(".row a[download]");
  for (const end = Date.now() + timeout; Date.now() < end; await sleep(100)) {
    // Until it is complete, Firefox keeps an empty file under the name and writes to another one.
    if (existsSync(file) && statSync(file).size > 0 && !existsSync(`${file}.part`)) return;
  }
  throw new Error(`${name} has not been saved`);
}
