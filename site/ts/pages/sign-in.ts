/** « Connexion »: returns to the page that asked for it, when that page is ours. */
import { drive, findForm } from "../forms/driver.ts";
import { rememberSignedIn, safePath } from "../session.ts";
import type { SignedIn } from "../wire.ts";

const form = findForm("sign-in");
if (form) {
  drive<SignedIn & { second_factor: "none" | "needed" }>(form, {
    done: async (account) => {
      if (account.second_factor === "needed") {
        location.replace(`/code-de-connexion/${location.search}`);
        return;
      }
      await rememberSignedIn(account);
      const wanted = new URLSearchParams(location.search).get("suite");
      location.replace(safePath(wanted, location.origin) ?? "/mon-espace/");
    },
  });
}
