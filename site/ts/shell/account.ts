/** The header's link and button follow what this browser knows: signed in or not. */
import { seemsSignedIn, signOut } from "../session.ts";
import { showBanner } from "./banners.ts";

export function wireAccount(): void {
  const link = document.querySelector<HTMLAnchorElement>("[data-account]");
  const button = document.querySelector<HTMLButtonElement>("[data-sign-out]");
  if (link && seemsSignedIn()) {
    link.textContent = "Mon espace";
    link.href = "/mon-espace/";
    if (location.pathname === "/mon-espace/") link.setAttribute("aria-current", "page");
  }
  if (!button) return;
  button.hidden = !seemsSignedIn();
  button.addEventListener("click", () => void leave(button));
}

async function leave(button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  try {
    await signOut();
    location.assign("/connexion/");
  } catch {
    const text = "Vos données sont effacées de cet appareil, mais la mairie n’a pas encore reçu votre déconnexion. Réessayez quand le réseau sera revenu.";
    showBanner({ id: "sign-out", look: "p-warn", text });
    button.disabled = false;
  }
}
