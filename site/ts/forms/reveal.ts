/** « Afficher » beside a password, and the groups of fields that a checkbox opens. */
import { openerOf } from "./dom.ts";

export function wireReveals(form: HTMLFormElement): void {
  for (const button of form.querySelectorAll<HTMLButtonElement>("[data-reveal]")) {
    const input = button.closest("[data-pointer]")?.querySelector<HTMLInputElement>("input");
    if (!input) continue;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => showPassword(input, button, input.type === "password"));
  }
}

function showPassword(input: HTMLInputElement, button: HTMLButtonElement, shown: boolean): void {
  input.type = shown ? "text" : "password";
  button.textContent = shown ? "Masquer" : "Afficher";
  button.setAttribute("aria-pressed", String(shown));
}

/** Passwords are hidden again before they leave, so that the browser does not remember them as plain text. */
export function hidePasswords(form: HTMLFormElement): void {
  for (const button of form.querySelectorAll<HTMLButtonElement>("[data-reveal][aria-pressed=true]")) {
    const input = button.closest("[data-pointer]")?.querySelector<HTMLInputElement>("input");
    if (input) showPassword(input, button, false);
  }
}

export function wireGroups(form: HTMLFormElement): void {
  for (const group of form.querySelectorAll<HTMLElement>("[data-optional-group]")) {
    const opener = openerOf(group);
    if (!opener) continue;
    const update = (): void => {
      opener.setAttribute("aria-expanded", String(opener.checked));
      for (const part of group.querySelectorAll<HTMLElement>(".p-group-body")) part.hidden = !opener.checked;
    };
    opener.addEventListener("change", update);
    update();
  }
}
