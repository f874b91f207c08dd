/** The header's link and button follow what this browser knows: signed in or not. */
import { seemsSignedIn, signOut } from "../session.ts";
import { showBanner } from "./banners.ts";

export function wireAccount(): void {
  const signedIn = seemsSignedIn();
  const link = document.querySelector<HTMLAnchorElement>("[data-account]");
  if (link && signedIn) {
    link.textContent = "Mon espace";
    link.href = "/mon-espace/";
    if (location.pathname === "/mon-espace/") link.setAttribute("aria-current", "page");
  }
  const button = document.querySelector<HTMLButtonElement>("[data-sign-out]");
  if (!button || !signedIn) return;
  for (const each of [button, copyInMenu(button)]) {
    each.hidden = false;
    each.addEventListener("click", () => void leave(each));
  }
}

/** A phone's header has no room for the button: the menu holds another one. */
function copyInMenu(button: HTMLButtonElement): HTMLButtonElement {
  const copy = button.cloneNode(true) as HTMLButtonElement;
  copy.removeAttribute("data-sign-out");
  document.querySelector(".p-menu nav")?.append(copy);
  return copy;
}

async function leave(button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  try {
    location.assign(await signOut());
  } catch {
    const text = "Vos données sont effacées de cet appareil, mais la mairie n’a pas encore reçu votre déconnexion. Réessayez quand le réseau sera revenu.";
    showBanner({ id: "sign-out", look: "p-warn", text });
    button.disabled = false;
  }
}
