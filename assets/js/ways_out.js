if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// Takes away from the page what goes past its service worker, and tells of what nobody can take away.
//
// Downloads, background fetches, calls between browsers, and windows made out of nothing are seen by
// no gate, and some browsers know no allowlist that stops them. No line of ours uses them, so they
// are taken away here from all that runs on the page, before other programs are there.
//
// A frame brings all of it back, because a browser makes its interfaces anew for each document, and a
// program cannot be kept from making one. It does not stay unseen: whatever stands in the page, be
// it for a moment, is reported. Functions are taken at the start, before others could exchange them.
const FOLDER = new URL("../../", import.meta.url).href;
const FRAMES = "iframe, frame, object, embed, fencedframe";

const { apply } = Reflect;
const getter = (type, name) => Object.getOwnPropertyDescriptor(type.prototype, name)?.get;
const now = Date.now;
const { startsWith, split } = String.prototype;
const { matches, querySelector, attachShadow, hasAttribute } = Element.prototype;
const { observe } = MutationObserver.prototype;
const { preventDefault } = Event.prototype;
const nodesOf = ["addedNodes", "removedNodes"].map((name) => getter(MutationRecord, name));
const countOf = getter(NodeList, "length");
const { item } = NodeList.prototype;

// Closes them; `tell` takes a report, {kind: "way" (stopped) or "frame" (seen), time, url}.
export function closeWaysOut(tell) {
  delete globalThis.RTCPeerConnection;
  delete globalThis.webkitRTCPeerConnection;
  delete globalThis.XSLTProcessor;
  delete globalThis.documentPictureInPicture;
  delete globalThis.ServiceWorkerRegistration?.prototype.backgroundFetch;
  // They make shadow trees out of text, which no observer would know of.
  delete Document.prototype.write;
  delete Document.prototype.writeln;
  for (const place of [Element.prototype, ShadowRoot.prototype, Document]) {
    for (const name of Object.getOwnPropertyNames(place)) {
      if (name.endsWith("HTMLUnsafe")) delete place[name];
    }
  }
  const refuse = () => {
    tell({ kind: "way", time: now(), url: "about:blank" });
    return null;
  };
  for (const place of [globalThis, Document.prototype]) Object.defineProperty(place, "open", { value: refuse });
  watchNavigation(tell);
  watchFrames(tell);
}

// Lets the page go to its own documents alone, and save only what lies in memory.
function watchNavigation(tell) {
  if (!globalThis.navigation) return;
  const [destinationOf, downloadOf, kindOf] = ["destination", "downloadRequest", "navigationType"].map(
    (name) => getter(NavigateEvent, name),
  );
  const [addressOf, staysOf] = ["url", "sameDocument"].map((name) => getter(NavigationDestination, name));
  // Some browsers brought the interface step by step.
  if (!(destinationOf && downloadOf && kindOf && addressOf && staysOf)) return;
  const linkOf = getter(NavigateEvent, "sourceElement");
  let begun = {};
  globalThis.navigation.addEventListener("navigate", (event) => {
    const destination = apply(destinationOf, event, []);
    const url = apply(addressOf, destination, []);
    const begins = (words) => apply(startsWith, url, [words]);
    const isDownload = apply(downloadOf, event, []) !== null;
    const kind = apply(kindOf, event, []);
    const isOld = kind === "reload" || kind === "traverse" || apply(staysOf, destination, []);
    const isPlain = begins(FOLDER) && apply(split, url, ["?"]).length === 1;
    if (isDownload ? begins("blob:") : isOld || isPlain) {
      if (isDownload) begun = { url, link: linkOf && apply(linkOf, event, []) };
      return;
    }
    // Firefox tells of a download twice, the second time as of a plain way to the same address.
    const isTold = begun.link && begun.url === url && begun.link === apply(linkOf, event, []);
    if (isTold && apply(hasAttribute, begun.link, ["download"])) {
      begun = {};
      return;
    }
    apply(preventDefault, event, []);
    tell({ kind: "way", time: now(), url });
  });
}

function watchFrames(tell) {
  const look = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const found = apply(matches, node, [FRAMES]) ? node : apply(querySelector, node, [FRAMES]);
    if (found) tell({ kind: "frame", time: now(), url: "about:blank" });
  };
  const observer = new MutationObserver((records) => {
    for (let place = 0; place < records.length; place += 1) {
      for (let kind = 0; kind < nodesOf.length; kind += 1) {
        const nodes = apply(nodesOf[kind], records[place], []);
        const count = apply(countOf, nodes, []);
        for (let number = 0; number < count; number += 1) look(apply(item, nodes, [number]));
      }
    }
  });
  const watch = (root) => apply(observe, observer, [root, { childList: true, subtree: true }]);
  watch(document);
  Element.prototype.attachShadow = function (options) {
    const root = apply(attachShadow, this, [options]);
    watch(root);
    return root;
  };
}
