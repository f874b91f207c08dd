/** The form of the question: its choices come from the town, and what the activity has no use for is not asked. */
import { answerOf } from "../forms/answers.ts";
import { controlsOf, element, fieldsIn, firstControl, labelOf } from "../forms/dom.ts";
import { dateControl } from "../forms/read.ts";
import { frenchDate } from "../french.ts";
import type { Typed } from "./address.ts";
import { typedInstant } from "./address.ts";
import type { Named, TrialActivity, TrialChoices } from "./wire.ts";

const INSTANTS = new Set(["now", "booked_on"]);
type Option = { value: string; label: string };

export class QuestionForm {
  #choices: TrialChoices | null = null;

  constructor(readonly form: HTMLFormElement) {
    form.addEventListener("change", (event) => {
      if (event.target === this.#control("activity")) this.#followActivity();
      if (event.target === this.#control("school")) this.#followSchool();
    });
  }

  /** Fills the lists, then the fields that an address gives. */
  open(choices: TrialChoices, typed: Typed): void {
    this.#choices = choices;
    this.#fill("activity", choices.activities.map(named), choices.activities.length === 1 ? null : "Choisissez");
    this.#fill("school", choices.schools.map(named), "Non précisée");
    this.#followSchool();
    this.#write(typed, ["activity", "school"]);
    this.#followActivity();
    this.#followSchool();
    this.#write(typed, Object.keys(typed));
  }

  /** What was said beyond the activity, the day and the instant: « École : Les Tilleuls ». */
  get said(): string[] {
    return fieldsIn(this.form).filter(isSaid).map((field) => `${labelOf(field)} : ${answerOf(field)}`);
  }

  /** A part that holds one of these fields opens, so that its message is read. */
  openPartOf(field: HTMLElement): void {
    const part = field.closest("details");
    if (part) part.open = true;
  }

  #followActivity(): void {
    const name = this.#control("activity")?.value;
    const activity = this.#choices?.activities.find(({ id }) => id === name);
    this.#fill("slot", activity?.slots.map(slotOption) ?? [], "L’activité entière");
    this.#fill("session", activity?.sessions.map(sessionOption) ?? [], "Celle du jour");
    this.#show("slot", Boolean(activity?.slots.length));
    this.#show("session", Boolean(activity?.sessions.length));
    for (const hour of ["from_hour", "to_hour"]) this.#show(hour, Boolean(activity?.free_hours));
    this.#askDocuments(activity);
  }

  #followSchool(): void {
    const name = this.#control("school")?.value;
    const levels = this.#choices?.schools.find(({ id }) => id === name)?.levels ?? this.#choices?.levels ?? [];
    this.#fill("level", levels.map((level) => ({ value: level, label: level })), "Non précisé");
  }

  /** One date a document that the activity asks for. */
  #askDocuments(activity: TrialActivity | undefined): void {
    const place = this.form.querySelector<HTMLElement>("[data-place=documents]");
    const asked = (activity?.documents ?? []).flatMap((id) => this.#choices?.documents.find((one) => one.id === id) ?? []);
    place?.replaceChildren(...asked.map(documentField));
    place?.closest<HTMLElement>(".p-part")?.toggleAttribute("hidden", asked.length === 0);
  }

  /** The choice made stays when the new list has it too. */
  #fill(name: string, options: readonly Option[], none: string | null): void {
    const select = this.#control(name);
    if (!(select instanceof HTMLSelectElement)) return;
    const before = select.value;
    const first = none === null ? [] : [{ value: "", label: none }];
    select.replaceChildren(...[...first, ...options].map(({ value, label }) => element("option", { value }, label)));
    select.value = options.some(({ value }) => value === before) ? before : (first[0] ?? options[0])?.value ?? "";
  }

  /** A question that is not asked is not answered either. */
  #show(name: string, shown: boolean): void {
    const field = this.#field(name);
    if (!field) return;
    field.hidden = !shown;
    const control = firstControl(field);
    if (!shown && control) control.value = "";
  }

  #write(typed: Typed, names: readonly string[]): void {
    for (const name of names) {
      const field = this.#field(name);
      const value = typed[name];
      if (!field || value === undefined) continue;
      writeField(field, name, value);
      if (value !== false) this.openPartOf(field);
    }
  }

  #field(name: string): HTMLElement | null {
    return this.form.querySelector<HTMLElement>(`[data-pointer="/${name}"]`);
  }

  #control(name: string): HTMLInputElement | HTMLSelectElement | null {
    return this.form.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`);
  }
}

function writeField(field: HTMLElement, name: string, value: unknown): void {
  if (field.dataset["date"]) {
    const [year = "", month = "", day = ""] = String(value).split("-");
    for (const [part, text] of Object.entries({ day, month, year })) {
      const control = dateControl(field, part as "day" | "month" | "year");
      if (control) control.value = text;
    }
    return;
  }
  for (const control of field.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select")) {
    if (control.type === "checkbox") (control as HTMLInputElement).checked = value === true;
    else if (control.type === "radio") (control as HTMLInputElement).checked = control.value === value;
    else control.value = INSTANTS.has(name) ? typedInstant(String(value)) : String(value);
  }
}

const TOLD_ELSEWHERE = new Set(["/activity", "/day", "/now"]);

function isSaid(field: HTMLElement): boolean {
  if (field.hidden || TOLD_ELSEWHERE.has(field.dataset["pointer"] ?? "")) return false;
  return controlsOf(field).some((control) =>
    control.type === "checkbox" || control.type === "radio" ? (control as HTMLInputElement).checked && control.value !== "" : control.value.trim() !== "",
  );
}

const named = ({ id, name }: Named): Option => ({ value: id, label: name });
const slotOption = ({ id, name, start, end }: TrialActivity["slots"][number]): Option => ({ value: id, label: `${name} (${start} – ${end})` });
const sessionOption = ({ id, name, first, last }: TrialActivity["sessions"][number]): Option => ({
  value: id,
  label: `${name} (du ${frenchDate(first)} au ${frenchDate(last)})`,
});

const PARTS = [
  ["day", "Jour", "2"],
  ["month", "Mois", "2"],
  ["year", "Année", "4"],
] as const;

function documentField({ id, name }: Named): HTMLElement {
  const message = "Donnez une date qui existe, par exemple 1 9 2026.";
  const field = element("fieldset", { class: "p-field p-date", "data-pointer": `/documents/${id}`, "data-date": `documents.${id}`, "data-message": message });
  const parts = element("div", { class: "p-date-parts" });
  for (const [part, label, size] of PARTS) {
    const control = element("input", { id: `documents-${id}-${part}`, name: `documents.${id}.${part}`, type: "text", inputmode: "numeric", maxlength: size, autocomplete: "off" });
    parts.append(element("div", { class: "p-date-part" }, element("label", { for: control.id }, label), control));
  }
  const hint = element("p", { class: "p-hint" }, "Date du document reçu.");
  field.append(element("legend", {}, name), hint, element("p", { class: "p-error", id: `documents-${id}-error`, hidden: "" }), parts);
  return field;
}
