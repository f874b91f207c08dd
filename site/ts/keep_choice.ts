/** The box « garder mes données sur cet appareil », asked on each device. */
import { html } from "lit";
import { live } from "lit/directives/live.js";
import type { Piece } from "./view.ts";

export const keepChoice = (keeps: boolean, said: string, keep: (on: boolean) => void): Piece => html`
  <label class="p-check">
    <input type="checkbox" aria-describedby="keep-hint" .checked=${live(keeps)} @change=${(event: Event) => keep((event.target as HTMLInputElement).checked)} />
    Garder mes données sur cet appareil
  </label>
  <p class="p-muted" id="keep-hint">
    L’agenda s’ouvre alors sans réseau. Ne cochez pas cette case sur un appareil partagé. Tout est effacé quand vous vous déconnectez.
  </p>
  <p role="status">${said}</p>
`;
