/* Service worker. The build fills the two lines below: see parvis_site.precache. */
const VERSION = "__VERSION__";
const FILES = __FILES__;

const PREFIX = "parvis-site-";
const CACHE = PREFIX + VERSION;
const OFFLINE = "/hors-ligne/";

/* All or nothing: when one file is missing, the install fails and the version in place stays. */
self.addEventListener("install", (event) => {
  const requests = FILES.map((path) => new Request(path, { cache: "no-cache" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldVersions().then(() => self.clients.claim()));
});

async function dropOldVersions() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
}

/* A new version waits until the person agrees (the banner « Une nouvelle version est prête »). */
self.addEventListener("message", (event) => {
  if (event.data?.type === "activate") self.skipWaiting();
});

/* What families' data travel by, /api/, is never seen here. */
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin || url.pathname.startsWith("/api/")) return;
  event.respondWith(answer(event.request, url));
});

async function answer(request, url) {
  const cache = await caches.open(CACHE);
  const path = url.pathname.replace(/\/index\.html$/, "/");
  const kept = await cache.match(path, { ignoreVary: true });
  if (kept) return kept;
  if (FILES.includes(path + "/")) return Response.redirect(path + "/" + url.search);
  try {
    return await fetch(request);
  } catch (error) {
    if (request.mode !== "navigate") throw error;
    return cache.match(OFFLINE, { ignoreVary: true });
  }
}
