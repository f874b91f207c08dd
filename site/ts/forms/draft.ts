/** Keeps what was typed while the tab is open, without any secret: neither passwords nor the clé enfance. */
import { controlsOf, type Control } from "./dom.ts";

const storageName = (form: HTMLFormElement): string => `parvis.brouillon.${form.dataset["form"] ?? ""}`;

/** A password that is shown is a text input for a moment: its name still says what it is. */
const isSecret = (control: Control): boolean =>
  control.type === "password" ||
  control.name.includes("password") ||
  control.closest("[data-optional-group]") !== null;

export function saveDraft(form: HTMLFormElement): void {
  const kept: Record<string, string> = {};
  for (const control of controlsOf(form)) {
    if (!control.name || isSecret(control)) continue;
    if (control instanceof HTMLInputElement && control.type === "radio" && !control.checked) continue;
    if (control.value) kept[control.name] = control.value;
  }
  sessionStorage.setItem(storageName(form), JSON.stringify(kept));
}

export function restoreDraft(form: HTMLFormElement): void {
  let kept: Record<string, string>;
  try {
    kept = JSON.parse(sessionStorage.getItem(storageName(form)) ?? "{}") as Record<string, string>;
  } catch {
    return;
  }
  for (const control of controlsOf(form)) {
    const value = kept[control.name];
    if (value === undefined || isSecret(control)) continue;
    if (control instanceof HTMLInputElement && control.type === "radio") control.checked = control.value === value;
    else control.value = value;
  }
}

export const forgetDraft = (form: HTMLFormElement): void => sessionStorage.removeItem(storageName(form));
