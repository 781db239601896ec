// Visits Homecut in Firefox several times with one profile, the browser started afresh each time.
//
//   node firefox_visits.mjs SETTINGS
//
// SETTINGS is JSON: {nodeModules, firefox, profile, probe, url, photo, visits, patience}. After each visit a line of
// JSON goes to the standard output: what tools/bench/probe.js has noted.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const settings = JSON.parse(process.argv[2]);
const puppeteer = createRequire(join(settings.nodeModules, "any.js"))("puppeteer-core");
const timeout = settings.patience * 1000;
const probe = readFileSync(settings.probe, "utf8");

for (let visit = 0; visit < settings.visits; visit += 1) {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: settings.firefox,
    headless: true,
    userDataDir: settings.profile,
    protocolTimeout: timeout,
    timeout,
    env: { ...process.env, MOZ_REMOTE_SETTINGS_DEVTOOLS: "1" },
    extraPrefsFirefox: { "services.settings.server": "data:,#remote-settings-dummy/v1" },
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(timeout);
    await page.evaluateOnNewDocument(probe);
    await page.goto(settings.url);
    // The page is loaded twice on a first visit, so it is asked again and again.
    await page.waitForSelector("html[data-python=ready]");
    const input = await page.$("#file-input");
    await input.uploadFile(settings.photo);
    await page.waitForSelector('.row[data-state="done"]');
    console.log(JSON.stringify(await page.evaluate("window.benchProbe")));
    // All of it is stored, the interpreter's snapshot, too, before the browser is closed.
    await page.waitForSelector("html[data-filled][data-snapshot]");
  } finally {
    await browser.close();
  }
}
