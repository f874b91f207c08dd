/** Brings to life a form rendered at build: steps, checks, answers, sending, errors. Nothing typed is ever lost. */
import { answersPage } from "./answers.ts";
import { element, fieldsIn, focusOn } from "./dom.ts";
import { forgetDraft, restoreDraft, saveDraft } from "./draft.ts";
import { clearErrors, fieldAt, showErrors } from "./errors.ts";
import { troublesIn, type Trouble } from "./read.ts";
import { wireGroups, wireReveals } from "./reveal.ts";
import { Sender } from "./send.ts";
import { Steps } from "./steps.ts";

export type Setup<T> = {
  /** Keeps what is typed, without secrets, while the tab is open. */
  draft?: boolean;
  done: (answer: T, form: HTMLFormElement) => void | Promise<void>;
};

export function findForm(name: string): HTMLFormElement | null {
  return document.querySelector<HTMLFormElement>(`form[data-form="${name}"]`);
}

export function drive<T>(form: HTMLFormElement, setup: Setup<T>): void {
  if (setup.draft) restoreDraft(form);
  wireReveals(form);
  wireGroups(form);
  if (setup.draft) form.addEventListener("input", () => saveDraft(form));
  const steps = [...form.querySelectorAll<HTMLElement>(".p-step[data-step]")];
  if (steps.length > 1) new SteppedForm(form, steps, setup);
  else driveSingle(form, setup);
}

function driveSingle<T>(form: HTMLFormElement, setup: Setup<T>): void {
  const refuse = (troubles: readonly Trouble[]): void => showErrors(form, troubles, () => undefined);
  const sender = new Sender<T>(form, refuse);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors(form);
    const troubles = troublesIn(fieldsIn(form));
    if (troubles.length > 0) refuse(troubles);
    else void finish(form, sender, setup, form.querySelector("button[type=submit]"));
  });
}

async function finish<T>(form: HTMLFormElement, sender: Sender<T>, setup: Setup<T>, button: HTMLButtonElement | null): Promise<boolean> {
  const answer = await sender.send(button);
  if (answer === null) return false;
  forgetDraft(form);
  await setup.done(answer, form);
  return true;
}

/** Hides the form and shows the panel that stands after it, in its own section where the page has several. */
export function showDone(form: HTMLFormElement): HTMLElement | null {
  form.reset();
  form.hidden = true;
  const panel = (form.closest("section") ?? document).querySelector<HTMLElement>("[data-done]");
  if (!panel) return null;
  panel.hidden = false;
  focusOn(panel);
  panel.scrollIntoView({ block: "start" });
  return panel;
}

class SteppedForm<T> {
  readonly #check: HTMLElement;
  readonly #steps: Steps;
  readonly #sender: Sender<T>;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly sections: readonly HTMLElement[],
    private readonly setup: Setup<T>,
  ) {
    this.#check = element("div", { hidden: "" });
    form.append(this.#check);
    this.#sender = new Sender<T>(form, (troubles) => this.#refuse(troubles));
    this.#steps = new Steps(sections, () => this.#furthest(), (index) => this.#enter(index));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit();
    });
    form.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("[data-previous]")) this.#steps.previous();
    });
  }

  get #onCheck(): boolean {
    return this.#steps.current === this.sections.length;
  }

  /** The first step that still has something to correct, or the page of answers. */
  #furthest(): number {
    const wrong = this.sections.findIndex((section) => troublesIn(fieldsIn(section)).length > 0);
    return wrong < 0 ? this.sections.length : wrong;
  }

  #enter(index: number): void {
    clearErrors(this.form);
    this.#check.hidden = index < this.sections.length;
    if (this.#check.hidden) return;
    const page = answersPage(this.sections, (field) => this.#edit(field));
    page.append(this.#actions());
    this.#check.replaceChildren(page);
  }

  #actions(): HTMLElement {
    const label = this.form.dataset["submitLabel"] ?? "Créer mon espace";
    return element(
      "div",
      { class: "p-actions" },
      element("button", { type: "button", class: "p-button p-secondary", "data-previous": "" }, "Précédent"),
      element("button", { type: "submit", class: "p-button", "data-send": "" }, label),
    );
  }

  async #submit(): Promise<void> {
    if (this.#onCheck) {
      const button = this.#check.querySelector<HTMLButtonElement>("[data-send]");
      if (button?.disabled) return;
      if (await finish(this.form, this.#sender, this.setup, button)) this.#steps.stop();
      return;
    }
    const here = this.#steps.current;
    const section = this.sections[here];
    const troubles = section ? troublesIn(fieldsIn(section)) : [];
    if (troubles.length > 0) this.#refuse(troubles);
    else this.#steps.go(this.#returnsToCheck ? this.#furthest() : here + 1);
  }

  #returnsToCheck = false;

  #edit(field: HTMLElement): void {
    this.#returnsToCheck = true;
    this.#open(field);
    field.querySelector<HTMLElement>("input, select, textarea")?.focus();
    field.scrollIntoView({ block: "center" });
  }

  #open(field: HTMLElement): void {
    const index = this.sections.findIndex((section) => section.contains(field));
    if (index >= 0) this.#steps.go(index);
  }

  #refuse(troubles: readonly Trouble[]): void {
    const first = troubles.map(({ pointer }) => fieldAt(this.form, pointer)).find((field) => field !== null);
    if (first) {
      this.#returnsToCheck ||= this.#onCheck;
      this.#open(first);
    }
    showErrors(this.form, troubles, (field) => this.#openKeepingErrors(field, troubles));
  }

  /** Changing step clears the messages: they are shown again in the step that opens. */
  #openKeepingErrors(field: HTMLElement, troubles: readonly Trouble[]): void {
    const before = this.#steps.current;
    this.#open(field);
    if (before !== this.#steps.current) showErrors(this.form, troubles, (next) => this.#openKeepingErrors(next, troubles));
  }
}
