/** « Choisir un nouveau mot de passe »: the form is there only for somebody who comes with a link. */
import { drive, findForm, showDone } from "../forms/driver.ts";
import { takeToken } from "../link_token.ts";

const form = findForm("new-password");
const noLink = document.querySelector<HTMLElement>("[data-no-link]");
const token = takeToken();
if (form) {
  form.hidden = !token;
  if (noLink) noLink.hidden = Boolean(token);
  const carried = form.querySelector<HTMLInputElement>('input[name="token"]');
  if (carried) carried.value = token;
  drive(form, { done: (_answer, sent) => void showDone(sent) });
}
