/** Reads and checks the fields of a form. */
import { CONTROLS, controlsOf, firstControl, isOpen, type Control } from "./dom.ts";
import { dateValue, isRealDate, place, textProblem, type Rules, type TypedDate, type Values } from "./values.ts";

export type Trouble = { pointer: string; detail: string };

export const dateControl = (field: HTMLElement, part: keyof TypedDate): HTMLInputElement | null =>
  field.querySelector<HTMLInputElement>(`input[name="${field.dataset["date"] ?? ""}.${part}"]`);

export const typedDate = (field: HTMLElement): TypedDate => ({
  day: dateControl(field, "day")?.value ?? "",
  month: dateControl(field, "month")?.value ?? "",
  year: dateControl(field, "year")?.value ?? "",
});

/** The body to send. A closed optional group is sent as null. */
export function readForm(form: HTMLFormElement): Values {
  const values: Values = {};
  for (const group of form.querySelectorAll<HTMLElement>("[data-optional-group]")) {
    const first = group.querySelector<HTMLElement>("[data-pointer]");
    if (first && !isOpen(first)) place(values, group.dataset["optionalGroup"] ?? "", null);
  }
  for (const field of form.querySelectorAll<HTMLElement>("[data-pointer]")) {
    if (isOpen(field)) readField(field, values);
  }
  return values;
}

function readField(field: HTMLElement, values: Values): void {
  if (field.dataset["date"]) {
    place(values, field.dataset["date"], dateValue(typedDate(field)));
    return;
  }
  const controls = controlsOf(field);
  const first = controls[0];
  if (!first) return;
  if (isRadio(first)) place(values, first.name, chosenRadio(controls)?.value ?? "");
  else place(values, first.name, first.type === "checkbox" ? (first as HTMLInputElement).checked : first.value);
}

const isRadio = (control: Control): boolean => control.type === "radio";
export const chosenRadio = (controls: Control[]): HTMLInputElement | undefined =>
  (controls as HTMLInputElement[]).find((radio) => radio.checked);

/** What is wrong with these fields, in their order. */
export function troublesIn(fields: HTMLElement[]): Trouble[] {
  return fields.filter(isOpen).flatMap((field) => {
    const detail = troubleOf(field);
    return detail === null ? [] : [{ pointer: field.dataset["pointer"] ?? "", detail }];
  });
}

function troubleOf(field: HTMLElement): string | null {
  const controls = controlsOf(field);
  const first = controls[0];
  if (!first) return null;
  const message = field.dataset["message"] ?? first.dataset["message"] ?? "Complétez cette réponse.";
  const required = field.dataset["required"] !== undefined || controls.some((control) => control.required);
  if (field.dataset["date"]) {
    const typed = typedDate(field);
    return dateValue(typed) === null ? (required ? message : null) : isRealDate(typed) ? null : message;
  }
  if (isRadio(first)) return required && !chosenRadio(controls) ? message : null;
  if (first.type === "checkbox") return required && !(first as HTMLInputElement).checked ? message : null;
  return textProblem(first.value, rulesOf(first, required, message)) ?? confirmationTrouble(first);
}

function rulesOf(control: Control, required: boolean, message: string): Rules {
  const number = (name: string): number | null => (control.hasAttribute(name) ? Number(control.getAttribute(name)) : null);
  return { required, message, maxLength: number("maxlength"), minLength: number("minlength"), pattern: control.dataset["pattern"] ?? null };
}

/** « password_confirmation » must repeat « password ». */
function confirmationTrouble(control: Control): string | null {
  if (!control.name.endsWith("_confirmation")) return null;
  const repeated = control.name.replace(/_confirmation$/u, "");
  const original = control.form?.querySelector<Control>(`:is(${CONTROLS})[name="${repeated}"]`);
  return !original || original.value === control.value ? null : "Les deux mots de passe ne sont pas identiques.";
}

export const anchorOf = (field: HTMLElement): Control | null => {
  const invalidDate = field.dataset["date"] ? dateControl(field, "day") : null;
  return invalidDate ?? firstControl(field);
};
