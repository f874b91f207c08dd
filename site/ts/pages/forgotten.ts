/** « Identifiant ou mot de passe oublié ». */
import { drive, findForm, showDone } from "../forms/driver.ts";

const form = findForm("forgotten");
if (form) {
  drive(form, {
    done: (_answer, sent) => {
      document.querySelector<HTMLElement>("[data-before]")?.toggleAttribute("hidden", true);
      showDone(sent);
    },
  });
}
