/** « Activer ma clé enfance »: only for a person who is signed in, told before anything is typed. */
import { get, NotSignedIn } from "../api.ts";
import { drive, findForm, showDone } from "../forms/driver.ts";
import { together } from "../french.ts";
import { goToSignIn } from "../session.ts";

const form = findForm("cle-enfance");
if (form) {
  drive<{ children: string[] }>(form, {
    done: ({ children }, sent) => {
      const panel = showDone(sent);
      const words = `Dans votre espace : ${together(children)}.`;
      for (const place of panel?.querySelectorAll("[data-children]") ?? []) place.textContent = words;
    },
  });
  get("/api/family/dashboard").catch((error: unknown) => {
    if (error instanceof NotSignedIn) goToSignIn();
  });
}
