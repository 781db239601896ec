// Does in Firefox what it is told, step by step, over WebDriver BiDi (npm puppeteer-core).
//
//   node firefox_steps.mjs SETTINGS
//
// SETTINGS is JSON, see tests/browser/engines/firefox.py, which calls this. Each line of the standard
// input is a step as JSON, {do, page, ...}; the answer is one line, {value} or {error}.
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const settings = JSON.parse(process.argv[2]);
const puppeteer = createRequire(join(settings.nodeModules, "any.js"))("puppeteer-core");

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: settings.firefox,
  headless: true,
  protocolTimeout: settings.patience * 1000,
  env: { ...process.env, MOZ_REMOTE_SETTINGS_DEVTOOLS: "1" },
  extraPrefsFirefox: {
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "browser.download.folderList": 2,
    "browser.download.dir": settings.downloads,
    "browser.download.alwaysOpenPanel": false,
  },
});

const pages = [];
const steps = {
  // A page in a container of its own, which shares no storage with others.
  async open() {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    page.setDefaultTimeout(settings.patience * 1000);
    return pages.push({ context, page }) - 1;
  },
  close: ({ page }) => pages[page].context.close(),
  goto: async ({ page, url }) => void (await pages[page].page.goto(url)),
  // A function's source is called with the argument, anything else is an expression.
  evaluate: ({ page, code, argument }) =>
    pages[page].page.evaluate(
      `(() => { const value = (${code});
        return typeof value === "function" ? value(${JSON.stringify(argument)}) : value; })()`,
    ),
};

try {
  for await (const line of createInterface({ input: process.stdin })) {
    const step = JSON.parse(line);
    let answer;
    try {
      answer = { value: (await steps[step.do](step)) ?? null };
    } catch (error) {
      answer = { error: String(error) };
    }
    console.log(JSON.stringify(answer));
  }
} finally {
  await browser.close();
}
