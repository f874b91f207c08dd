/** « Connexion »: returns to the page that asked for it, when that page is ours. */
import { drive, findForm } from "../forms/driver.ts";
import { offerPasskey } from "../passkeys/sign_in.ts";
import { rememberSignedIn, safePath } from "../session.ts";
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
