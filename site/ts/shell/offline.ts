/** Says when the device is offline. The pages stay readable; only what asks the town has to wait. */
import { hideBanner, showBanner } from "./banners.ts";

export function watchNetwork(): void {
  const update = (): void => {
    if (navigator.onLine) hideBanner("offline");
    else showBanner({ id: "offline", look: "p-offline", text: "Vous êtes hors connexion. Les pages restent lisibles ; vos démarches attendront le réseau." });
  };
  addEventListener("online", update);
  addEventListener("offline", update);
  update();
}
