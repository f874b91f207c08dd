/** Installs the service worker; a new version takes over only when the person agrees. */
import { showBanner } from "./banners.ts";

export function watchUpdates(): void {
  if (!("serviceWorker" in navigator)) return;
  let agreed = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (agreed) location.reload();
  });
  const propose = (worker: ServiceWorker): void => {
    const run = (): void => {
      agreed = true;
      worker.postMessage({ type: "activate" });
    };
    showBanner({ id: "update", look: "p-update", text: "Une nouvelle version est prête.", action: { label: "Mettre à jour", run } });
  };
  void register(propose);
}

async function register(propose: (worker: ServiceWorker) => void): Promise<void> {
  let registration: ServiceWorkerRegistration;
  try {
    registration = await navigator.serviceWorker.register("/sw.js");
  } catch {
    return; // private browsing, or storage refused: the site works online all the same
  }
  if (registration.waiting && navigator.serviceWorker.controller) propose(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed" && navigator.serviceWorker.controller) propose(worker);
    });
  });
}
