/** What the views share: light DOM (the site's style sheet applies), waiting and failing in plain words. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { ApiProblem, NetworkFailure, NotSignedIn } from "./api.ts";
import { goToSignIn } from "./session.ts";

export type Piece = TemplateResult | typeof nothing;

export abstract class View extends LitElement {
  protected override createRenderRoot(): this {
    this.replaceChildren(); // what the page shows while the script arrives
    return this;
  }

  /** The focus goes to the new heading when a view replaces another one. */
  protected async focusHeading(selector = "h2"): Promise<void> {
    await this.updateComplete;
    const heading = this.querySelector<HTMLElement>(selector);
    if (!heading) return;
    if (!heading.matches("a, button, input, select, textarea")) heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "start" });
  }
}

export const loading = (what: string): Piece => html`<p class="p-loading" role="status">${what}</p>`;

const OFFLINE = "Le réseau ne répond pas. Cette page en a besoin pour demander vos données à la mairie.";
const UNEXPECTED = "Cette page n’a pas pu s’afficher. Réessayez ; si cela continue, appelez la mairie.";

/** The words for a failure while loading. Signing in again is proposed by leaving for the sign-in page. */
export function reasonOf(error: unknown): string {
  if (error instanceof NetworkFailure) return OFFLINE;
  if (error instanceof NotSignedIn) {
    goToSignIn();
    return "Votre session a expiré. Vous allez à la page de connexion.";
  }
  return error instanceof ApiProblem ? error.detail : UNEXPECTED;
}

/** The account is not linked to a family yet: not a failure, a step to take. */
export const isWithoutFoyer = (error: unknown): boolean => error instanceof ApiProblem && error.code === "no_foyer";

export const noFoyer = (): Piece => html`
  <section class="p-empty">
    <h2>Retrouvez vos enfants</h2>
    <p>Votre compte n’est pas encore relié au dossier de votre famille. La clé enfance est dans le courrier de la mairie.</p>
    <p><a class="p-button" href="/cle-enfance/">Activer ma clé enfance</a></p>
  </section>
`;

export const failure = (reason: string, retry: () => void, more: Piece = nothing): Piece => html`
  <div class="p-failure" role="alert">
    <p>${reason}</p>
    ${more}
    <div class="p-actions"><button type="button" class="p-button" @click=${retry}>Réessayer</button></div>
  </div>
`;
