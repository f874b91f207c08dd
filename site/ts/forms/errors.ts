/** The error summary that takes the focus, and the message beside each field. */
import { controlsOf, element, focusOn } from "./dom.ts";
import { anchorOf, type Trouble } from "./read.ts";

const TITLE_PREFIX = "Erreur : ";

export function clearErrors(form: HTMLFormElement): void {
  const summary = summaryOf(form);
  summary.hidden = true;
  summary.querySelector("ul")?.replaceChildren();
  for (const field of form.querySelectorAll<HTMLElement>("[data-pointer]")) markField(field, null);
  document.title = document.title.replace(TITLE_PREFIX, "");
}

/** Shows what is wrong. `open` brings the step of a field in view before the field takes the focus. */
export function showErrors(form: HTMLFormElement, troubles: readonly Trouble[], open: (field: HTMLElement) => void): void {
  clearErrors(form);
  const items = troubles.map((trouble) => {
    const field = fieldAt(form, trouble.pointer);
    if (field) markField(field, trouble.detail);
    return element("li", {}, field ? linkTo(field, trouble.detail, open) : trouble.detail);
  });
  const summary = summaryOf(form);
  summary.querySelector("ul")?.replaceChildren(...items);
  summary.hidden = false;
  document.title = TITLE_PREFIX + document.title.replace(TITLE_PREFIX, "");
  focusOn(summary);
}

/** The field of a pointer; a pointer deeper than a field (an item of a list) belongs to that field. */
export function fieldAt(form: HTMLFormElement, pointer: string): HTMLElement | null {
  const fields = [...form.querySelectorAll<HTMLElement>("[data-pointer]")];
  return (
    fields.find((field) => field.dataset["pointer"] === pointer) ??
    fields.find((field) => pointer.startsWith(`${field.dataset["pointer"]}/`)) ??
    null
  );
}

function linkTo(field: HTMLElement, detail: string, open: (field: HTMLElement) => void): HTMLAnchorElement {
  const anchor = anchorOf(field);
  const link = element("a", { href: `#${anchor?.id ?? ""}` }, detail);
  link.addEventListener("click", (event) => {
    event.preventDefault(); // the address's fragment names the step, not the field
    open(field);
    anchor?.focus();
    field.scrollIntoView({ block: "center" });
  });
  return link;
}

function markField(field: HTMLElement, detail: string | null): void {
  field.classList.toggle("p-invalid", detail !== null);
  const message = field.querySelector<HTMLElement>(".p-error");
  if (!message) return;
  message.textContent = detail ?? "";
  message.hidden = detail === null;
  const described = field.matches("fieldset") ? [field] : controlsOf(field);
  for (const target of described) describe(target, message.id, detail !== null);
  for (const control of controlsOf(field)) {
    if (detail === null || control.type === "radio") control.removeAttribute("aria-invalid");
    else control.setAttribute("aria-invalid", "true");
  }
}

function describe(target: HTMLElement, id: string, on: boolean): void {
  const ids = (target.getAttribute("aria-describedby") ?? "").split(/\s+/u).filter((known) => known && known !== id);
  if (on) ids.push(id);
  if (ids.length > 0) target.setAttribute("aria-describedby", ids.join(" "));
  else target.removeAttribute("aria-describedby");
}

export function summaryOf(form: HTMLFormElement): HTMLElement {
  const known = form.querySelector<HTMLElement>(".p-error-summary");
  if (known) return known;
  const summary = element("div", { class: "p-error-summary", role: "alert", tabindex: "-1" });
  summary.append(element("h2", {}, "Il y a un problème"), element("ul"));
  form.prepend(summary);
  return summary;
}
