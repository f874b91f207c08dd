/** « Créer mon espace », for somebody who comes from FranceConnect: what it said is written where nothing is yet. */
import { get } from "../api.ts";
import type { Identity } from "../wire.ts";
import { PATH } from "./service.ts";

export async function prefill(form: HTMLFormElement): Promise<void> {
  if (!new URLSearchParams(location.search).has("franceconnect")) return;
  let known: Identity;
  try {
    known = (await get<Identity>(`${PATH}/pending`)).data;
  } catch {
    return; // it ran out: the form is filled in by hand
  }
  for (const [name, value] of Object.entries(answersOf(known))) write(form, name, value);
  form.dispatchEvent(new Event("input", { bubbles: true }));
  const note = document.querySelector<HTMLElement>("[data-from-franceconnect]");
  if (note) note.hidden = false;
}

export function answersOf(known: Identity): Record<string, string> {
  const [year = "", month = "", day = ""] = known.birth_date.split("-");
  return {
    "identity.title": known.title,
    "identity.usual_name": known.usual_name || known.family_name,
    "identity.given_names": known.given_names.join(", "),
    "identity.birth_name": known.usual_name ? known.family_name : "", // asked for when it is another one
    "identity.birth_date.day": day,
    "identity.birth_date.month": month,
    "identity.birth_date.year": year,
    "contact.email": known.email,
  };
}

function write(form: HTMLFormElement, name: string, value: string): void {
  const controls = [...form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)];
  if (!value || controls.some((control) => (control.type === "radio" ? control.checked : control.value))) return;
  for (const control of controls) {
    if (control.type === "radio") control.checked = control.value === value;
    else control.value = value;
  }
}
