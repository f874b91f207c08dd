/** Shows one step at a time; the browser's history follows, so that Back returns to the step before. */
import { element, focusOn } from "./dom.ts";

const CHECK_HASH = "#verification";

export class Steps {
  #current = 0;

  /** `reachable` gives the furthest step that may be shown; `enter` runs before a step appears. */
  constructor(
    private readonly steps: readonly HTMLElement[],
    private readonly reachable: () => number,
    private readonly enter: (index: number) => void,
  ) {
    steps.forEach((step, index) => addProgress(step, index, steps.length));
    addEventListener("popstate", this.#follow);
    const wanted = this.#indexOf(location.hash);
    this.#show(Math.min(wanted, reachable()), false);
    if (this.#hash(this.#current) !== location.hash && location.hash) history.replaceState(null, "", this.#hash(this.#current));
  }

  get current(): number {
    return this.#current;
  }

  /** One more than the last step is the page of answers. */
  go(index: number): void {
    if (index === this.#current) return;
    history.pushState({ from: this.#current }, "", this.#hash(index));
    this.#show(index, true);
  }

  previous(): void {
    const state = history.state as { from?: number } | null;
    if (state?.from === this.#current - 1) history.back();
    else this.go(this.#current - 1);
  }

  stop(): void {
    removeEventListener("popstate", this.#follow);
    history.replaceState(null, "", location.pathname + location.search);
  }

  readonly #follow = (): void => this.#show(Math.min(this.#indexOf(location.hash), this.reachable()), true);

  #show(index: number, focus: boolean): void {
    this.#current = index;
    this.enter(index);
    this.steps.forEach((step, position) => (step.hidden = position !== index));
    if (!focus) return;
    const heading = document.querySelector<HTMLElement>(".p-step:not([hidden]) h2");
    if (heading) focusOn(heading);
    heading?.scrollIntoView({ block: "start" });
  }

  #hash(index: number): string {
    return index >= this.steps.length ? CHECK_HASH : `#etape-${index + 1}`;
  }

  #indexOf(hash: string): number {
    if (hash === CHECK_HASH) return this.steps.length;
    const number = Number(/^#etape-(\d+)$/u.exec(hash)?.[1] ?? 1);
    return Math.min(Math.max(number - 1, 0), this.steps.length - 1);
  }
}

function addProgress(step: HTMLElement, index: number, total: number): void {
  if (step.querySelector(".p-progress")) return;
  step.prepend(element("p", { class: "p-progress" }, `Étape ${index + 1} sur ${total}`));
}
