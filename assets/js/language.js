if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// Puts the page into the visitor's language before Python comes: the one chosen in the menu (as
// kept_choices.js found it), else the browser's, else English, which is what the documents are written
// in and needs no catalogue.
//
// The one catalogue that is needed is fetched, the document's texts are exchanged by it, and Python
// takes the rest from `homecutLanguage` (ui/browser/language/chosen.py). A sentence that a catalogue
// does not have stays English. `homecutSpoken` resolves when all of that is done.

// Written by 'python -m tools.language.extract' from the heads of assets/languages/*.json.
const LANGUAGES = [
  { tag: "ar", name: "العربية", direction: "rtl", checked: "" },
  { tag: "de", name: "Deutsch", direction: "ltr", checked: "" },
  { tag: "es", name: "Español", direction: "ltr", checked: "" },
  { tag: "fr", name: "Français", direction: "ltr", checked: "" },
  { tag: "hi", name: "हिन्दी", direction: "ltr", checked: "" },
  { tag: "it", name: "Italiano", direction: "ltr", checked: "" },
  { tag: "ja", name: "日本語", direction: "ltr", checked: "" },
  { tag: "pl", name: "Polski", direction: "ltr", checked: "" },
  { tag: "pt-BR", name: "Português (Brasil)", direction: "ltr", checked: "" },
  { tag: "tr", name: "Türkçe", direction: "ltr", checked: "" },
  { tag: "zh-Hans", name: "简体中文", direction: "ltr", checked: "" },
];

const ENGLISH = { tag: "en", name: "English", direction: "ltr", checked: "the authors" };
const KEPT = "homecut-language-";
const PATIENCE = 4000;
const ATTRIBUTES = ["aria-label", "alt", "title", "placeholder", "data-before", "data-after"];
const HIDDEN = "script, style, noscript";

const spoken = { ...ENGLISH, sentences: "{}", available: [ENGLISH, ...LANGUAGES] };
let sentences = {};

// A sentence in the page's language, its {placeholders} filled.
function say(english, values = {}) {
  const text = sentences[english] || english;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// The language that was chosen in the menu.
async function kept() {
  const names = await globalThis.homecutKept;
  return names.find((name) => name.startsWith(KEPT))?.slice(KEPT.length);
}

// The locale of a tag; none for what is no tag, which browsers take over from the system ("c", "C.UTF-8").
function localeOf(tag) {
  try {
    return new Intl.Locale(tag).maximize();
  } catch (error) {
    console.info(`Homecut: ${error}: ${tag}`);
    return undefined;
  }
}

// The first of the visitor's languages that there is; Chinese must be in the same script.
function preferred() {
  const known = spoken.available.map((entry) => [entry, localeOf(entry.tag)]);
  for (const tag of navigator.languages) {
    const wanted = localeOf(tag);
    const same = ({ language, script }) => language === wanted?.language && script === wanted?.script;
    const found = known.find(([, locale]) => same(locale));
    if (found) return found[0];
  }
  return ENGLISH;
}

async function speak() {
  // The lab is English, and says so.
  if (document.documentElement.dataset.speaks === ENGLISH.tag) return;
  const chosen = await kept();
  const language = spoken.available.find(({ tag }) => tag === chosen) ?? preferred();
  if (language.tag === ENGLISH.tag) return;
  const address = new URL(`../languages/${language.tag}.json`, import.meta.url);
  const answer = await fetch(address, { credentials: "omit", signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(answer.status);
  sentences = (await answer.json()).sentences;
  Object.assign(spoken, language, { sentences: JSON.stringify(sentences) });
  translate();
}

// Exchanges what the document says.
function translate() {
  const { documentElement: root } = document;
  root.lang = spoken.tag;
  root.dir = spoken.direction;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.trim();
    if (!text || node.parentElement.closest(HIDDEN)) continue;
    node.data = node.data.replace(text, () => say(text.replace(/\s+/g, " ")));
  }
  for (const name of ATTRIBUTES) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      element.setAttribute(name, say(element.getAttribute(name)));
    }
  }
}

globalThis.homecutLanguage = spoken;
globalThis.homecutSay = say;
// Whatever goes wrong here: an English page is one that can be used.
globalThis.homecutSpoken = speak().catch((error) => console.warn(`Homecut: the page stays English: ${error}`));
