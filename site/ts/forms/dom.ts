/** Small helpers over the forms rendered at build. */

export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export const CONTROLS = "input:not([type=button]), select, textarea";

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) created.setAttribute(name, value);
  created.append(...children);
  return created;
}

/** The fields of a form or a step: each has a pointer, and may be closed with its optional group. */
export const fieldsIn = (root: ParentNode): HTMLElement[] => [...root.querySelectorAll<HTMLElement>("[data-pointer]")];
export const controlsOf = (field: ParentNode): Control[] => [...field.querySelectorAll<Control>(CONTROLS)];
export const firstControl = (field: ParentNode): Control | null => field.querySelector<Control>(CONTROLS);

export const isOpen = (field: HTMLElement): boolean => {
  const group = field.closest<HTMLElement>("[data-optional-group]");
  return group === null || openerOf(group)?.checked !== false;
};

/** The checkbox that opens an optional group. */
export const openerOf = (group: HTMLElement): HTMLInputElement | null =>
  [...group.querySelectorAll<HTMLInputElement>("input[type=checkbox]")].find((box) => !box.closest("[data-pointer]")) ?? null;

/** The words of a field's label or legend, without the mention « (facultatif) ». */
export function labelOf(field: HTMLElement): string {
  const words = field.querySelector("legend, label")?.textContent ?? "";
  return words.replace(/\s*\(facultatif\)/u, "").trim();
}

export function focusOn(target: HTMLElement): void {
  if (!target.matches("a, button, input, select, textarea, [tabindex]")) target.tabIndex = -1;
  target.focus();
}
