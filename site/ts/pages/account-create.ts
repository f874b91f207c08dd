/** « Créer mon espace ». */
import { drive, findForm, showDone } from "../forms/driver.ts";
import { prefill } from "../franceconnect/prefill.ts";

const form = findForm("create-account");
if (form) {
  drive<{ email: string }>(form, {
    draft: true,
    done: ({ email }, sent) => {
      const panel = showDone(sent);
      for (const place of panel?.querySelectorAll("[data-email]") ?? []) place.textContent = email;
    },
  });
  void prefill(form);
}
