/** « Connexion »: returns to the page that asked for it, when that page is ours. */
import { drive, findForm } from "../forms/driver.ts";
import { offerPasskey } from "../passkeys/sign_in.ts";
import { isOffered, leaveToSignIn } from "../franceconnect/service.ts";
import { rememberSignedIn, safePath } from "../session.ts";
import { reasonOf } from "../view.ts";
import type { SignedIn } from "../wire.ts";

async function enter(account: SignedIn): Promise<void> {
  await rememberSignedIn(account);
  const wanted = new URLSearchParams(location.search).get("suite");
  location.replace(safePath(wanted, location.origin) ?? "/mon-espace/");
}

const form = findForm("sign-in");
if (form) {
  drive<SignedIn & { second_factor: "none" | "needed" }>(form, {
    done: async (account) => {
      if (account.second_factor === "needed") location.replace(`/code-de-connexion/${location.search}`);
      else await enter(account);
    },
  });
}

const part = document.querySelector<HTMLElement>('[data-part="passkey"]');
if (part) offerPasskey(part, enter);
const other = document.querySelector<HTMLElement>("[data-franceconnect]");
const leave = other?.querySelector<HTMLButtonElement>("[data-franceconnect-start]");
leave?.addEventListener("click", () => void leaveByFranceConnect(leave));
if (other) void isOffered().then((offered) => void (other.hidden = !offered));

async function leaveByFranceConnect(button: HTMLButtonElement): Promise<void> {
  const trouble = other?.querySelector<HTMLElement>("[data-franceconnect-trouble]");
  button.disabled = true;
  if (trouble) trouble.textContent = "";
  try {
    await leaveToSignIn(new URLSearchParams(location.search).get("suite"));
  } catch (error) {
    if (trouble) trouble.textContent = reasonOf(error);
    button.disabled = false;
  }
}
