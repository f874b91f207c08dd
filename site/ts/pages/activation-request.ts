/** « Demander l’activation de mon compte »: sent to a service, answered with a number. */
import { drive, findForm, showDone } from "../forms/driver.ts";

const form = findForm("ask-activation");
if (form) {
  drive<{ number: string }>(form, {
    draft: true,
    done: ({ number }, sent) => {
      document.querySelector<HTMLElement>("[data-before]")?.toggleAttribute("hidden", true);
      const place = document.querySelector("[data-number]");
      if (place) place.textContent = number;
      showDone(sent);
    },
  });
}
