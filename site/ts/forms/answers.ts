/** « Vérifiez vos réponses »: every answer of every step, with a link back to it. */
import { dayExists, frenchDate } from "../french.ts";
import { controlsOf, element, fieldsIn, isOpen, labelOf } from "./dom.ts";
import { chosenRadio, typedDate } from "./read.ts";
import { dateValue } from "./values.ts";

export type Edit = (field: HTMLElement) => void;

export function answersPage(steps: readonly HTMLElement[], edit: Edit): HTMLElement {
  const page = element("section", { class: "p-step p-answers-page", "data-check": "" });
  page.append(element("h2", {}, "Vérifiez vos réponses"));
  for (const step of steps) {
    const title = step.querySelector("h2")?.textContent ?? "";
    page.append(element("h3", {}, title), answersOf(step, edit));
  }
  return page;
}

function answersOf(step: HTMLElement, edit: Edit): HTMLElement {
  const list = element("dl", { class: "p-answers" });
  for (const field of fieldsIn(step).filter(isOpen).filter(isAnswer)) {
    const label = labelOf(field);
    const link = element("a", { href: "#" }, "Modifier", element("span", { class: "p-visually-hidden" }, ` : ${label}`));
    link.addEventListener("click", (event) => {
      event.preventDefault();
      edit(field);
    });
    const value = element("dd", { class: "p-answer" }, answerOf(field) || "Non renseigné");
    list.append(element("div", { class: "p-answer-row" }, element("dt", {}, label), value, element("dd", { class: "p-answer-edit" }, link)));
  }
  return list;
}

/** A password typed a second time is no answer of its own. */
const isAnswer = (field: HTMLElement): boolean => !field.dataset["pointer"]?.endsWith("_confirmation");

/** The answer as the person reads it: a secret is shown as dots, always as many. */
export function answerOf(field: HTMLElement): string {
  if (field.dataset["date"]) return dateAnswer(field);
  const controls = controlsOf(field);
  const first = controls[0];
  if (!first) return "";
  if (first.type === "radio") return radioAnswer(chosenRadio(controls));
  if (first.type === "password" || first.name.includes("password")) return first.value ? "••••••••" : "";
  if (first instanceof HTMLSelectElement) return first.selectedOptions[0]?.textContent?.trim() ?? "";
  if (first.type === "checkbox") return (first as HTMLInputElement).checked ? "Oui" : "Non";
  return first.value.trim();
}

function dateAnswer(field: HTMLElement): string {
  const value = dateValue(typedDate(field)) ?? "";
  const [year, month, day] = value.split("-").map(Number);
  return year && month && day && dayExists(year, month, day) ? frenchDate(value) : value;
}

const radioAnswer = (radio: HTMLInputElement | undefined): string =>
  radio?.labels?.[0]?.textContent?.trim() || radio?.value || "";
