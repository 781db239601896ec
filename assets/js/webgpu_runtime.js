if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// Fetches onnxruntime's build for WebGPU when a graphics card is to be tried, not before: a static
// import in Python's configuration would fetch it on every visit.
export const load = () => import("../vendor/onnxruntime/ort.jspi.min.mjs");
