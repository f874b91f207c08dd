/** « Se connecter avec une clé d’accès »: the button is there where the browser knows passkeys. */
import { call } from "../api.ts";
import { reasonOf } from "../view.ts";
import type { SignedIn } from "../wire.ts";
import { inWords, supported, usePasskey, type Options } from "./ceremony.ts";

export function offerPasskey(part: HTMLElement, done: (account: SignedIn) => Promise<void>): void {
  const button = part.querySelector("button");
  const trouble = part.querySelector<HTMLElement>("[role=alert]");
  if (!supported() || !button || !trouble) return;
  part.hidden = false;
  button.addEventListener("click", () => void signIn());

  async function signIn(): Promise<void> {
    if (!button || !trouble || button.disabled) return;
    button.disabled = true;
    trouble.replaceChildren();
    try {
      const options = (await call<Options>("POST", "/api/passkeys/sign-in/options", {})).data;
      const body = await usePasskey(options);
      await done((await call<SignedIn>("POST", "/api/passkeys/sign-in", { body })).data);
    } catch (error) {
      const words = document.createElement("p");
      words.className = "p-banner p-warn";
      words.textContent = inWords(error) ?? reasonOf(error);
      trouble.replaceChildren(words);
      button.disabled = false;
      button.focus();
    }
  }
}
