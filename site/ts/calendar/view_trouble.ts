/** Why the town has not recorded the change, and what can be done. The ticks are kept in every case. */
import { html, nothing } from "lit";
import { frenchDay, frenchPrice } from "../french.ts";
import { signInAddress } from "../session.ts";
import type { Piece } from "../view.ts";
import type { CalendarActions, Trouble } from "./state.ts";
import { differences } from "./totals.ts";
import { amountOf } from "./words.ts";

export function troubleView(trouble: Trouble | null, act: CalendarActions): Piece {
  if (!trouble) return nothing;
  switch (trouble.kind) {
    case "stale":
      return staleView(trouble, act);
    case "price_changed":
      return box("Le prix a changé", html`
        <p>Vous aviez vu ${frenchPrice(trouble.before)}. Le prix est maintenant de <strong>${frenchPrice(trouble.now)}</strong>. Rien n’est enregistré. Confirmez de nouveau si ce prix vous convient.</p>
      `);
    case "days_refused":
      return box("Certains jours ne peuvent pas être enregistrés", html`
        <p>Rien n’est enregistré pour l’instant.</p>
        <ul>${trouble.refused.map(({ name, day, detail }) => html`<li><strong>${[name, day && frenchDay(day)].filter(Boolean).join(", ")}</strong> : ${detail}</li>`)}</ul>
        <div class="p-banner-actions"><button type="button" class="p-button p-small" @click=${act.dropRefused}>Laisser ces jours et garder les autres</button></div>
      `);
    case "network":
      return box("Pas encore reçu par la mairie", html`
        <p>Le réseau n’a pas répondu. Vos choix restent ici. Réessayez : la même démarche ne sera jamais comptée deux fois.</p>
      `);
    case "signed_out":
      return box("Votre session a expiré", html`
        <p>Vos choix restent ici. <a href=${signInAddress()} target="_blank" rel="noopener">Connectez-vous dans un nouvel onglet</a>, puis revenez confirmer.</p>
      `);
    case "other":
      return box("La démarche n’est pas enregistrée", html`<p>${trouble.detail}</p>`);
  }
}

const box = (title: string, content: Piece): Piece => html`
  <div class="p-banner p-warn p-trouble" role="alert" tabindex="-1"><h3>${title}</h3>${content}</div>
`;

function staleView({ before, current, mine }: Extract<Trouble, { kind: "stale" }>, act: CalendarActions): Piece {
  const theirs = differences(before, current);
  const name = (childId: string): string => current.children.find(({ child_id }) => child_id === childId)?.given_name ?? "";
  return box("Ce mois a été modifié entre-temps", html`
    <p>Quelqu’un d’autre, ou vous sur un autre appareil, a modifié ce mois. Rien de ce que vous avez coché n’est perdu, ni enregistré.</p>
    <div class="p-sides">
      <div>
        <h4>Ce qui a changé</h4>
        <ul>${theirs.length === 0 ? html`<li>Rien qui se voie dans ce calendrier.</li>` : theirs.map((words) => html`<li>${words}</li>`)}</ul>
      </div>
      <div>
        <h4>Vos choix</h4>
        <ul>${mine.map(({ child_id, book, cancel }) => html`<li>${name(child_id)} : ${amountOf({ booked: book.length, cancelled: cancel.length })}</li>`)}</ul>
      </div>
    </div>
    <div class="p-banner-actions">
      <button type="button" class="p-button p-small" @click=${act.reapplyMine}>Reprendre mes choix sur ce mois</button>
      <button type="button" class="p-button p-secondary p-small" @click=${act.restart}>Abandonner mes choix</button>
    </div>
  `);
}
