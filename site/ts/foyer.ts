/** The family shown to a person who has two: chosen on any page, kept for this tab, forgotten when signing out. */
import { html, nothing } from "lit";
import { ApiProblem, get, type Answer } from "./api.ts";
import { together } from "./french.ts";
import { CHOSEN_FOYER } from "./session.ts";
import type { Piece } from "./view.ts";
import type { FoyerChoice } from "./wire.ts";

/** Asks for the family chosen; for the first one when it is not in reach any more. */
export async function getOfFoyer<T>(path: string): Promise<Answer<T>> {
  const foyer = sessionStorage.getItem(CHOSEN_FOYER);
  if (!foyer) return get<T>(path);
  try {
    return await get<T>(`${path}${path.includes("?") ? "&" : "?"}${new URLSearchParams({ foyer })}`);
  } catch (error) {
    if (!(error instanceof ApiProblem && error.code === "foyer_unknown")) throw error;
    sessionStorage.removeItem(CHOSEN_FOYER);
    return get<T>(path);
  }
}

/** What a request that changes something says of the family chosen. */
export function inFoyer(): { foyer?: string } {
  const foyer = sessionStorage.getItem(CHOSEN_FOYER);
  return foyer ? { foyer } : {};
}

/** The address of the page alone: a child that it may name is of the other family. */
function choose(foyerId: string): void {
  sessionStorage.setItem(CHOSEN_FOYER, foyerId);
  location.assign(location.pathname);
}

const nameOf = (foyer: FoyerChoice): string => (foyer.children.length > 0 ? together(foyer.children) : `Dossier ${foyer.reference}`);

export const foyerChoice = (foyers: readonly FoyerChoice[] | undefined): Piece =>
  !foyers || foyers.length < 2 ? nothing : html`
    <nav class="p-actions" aria-label="Mes familles">
      ${foyers.map((foyer) => html`
        <button type="button" class=${foyer.shown ? "p-button p-small" : "p-button p-secondary p-small"} aria-current=${foyer.shown ? "true" : "false"} @click=${() => choose(foyer.foyer_id)}>
          <span class="p-visually-hidden">Famille de </span>${nameOf(foyer)}
        </button>`)}
    </nav>
  `;
