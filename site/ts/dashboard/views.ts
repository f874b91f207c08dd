/** The parts of « Mon espace ». */
import { html, nothing } from "lit";
import { statusOf } from "../agenda/weeks.ts";
import { frenchDate, frenchDay, frenchInstant, frenchPhone, frenchPrice, politeName } from "../french.ts";
import { foyerChoice } from "../foyer.ts";
import { keepChoice } from "../keep_choice.ts";
import { guardianStatus } from "./invite.ts";
import { noFoyer, type Piece } from "../view.ts";
import type { Dashboard, DashboardChild, Guardian, LastRequest, NextBooking } from "../wire.ts";

export type DashboardActions = { keeps: boolean; keeping: string; leaving: string; keep: (on: boolean) => void; signOut: () => void };

/** What the town writes on the page, in Markdown: it stays on the page while there is nothing else to show. */
export type DashboardParts = { demarches: Element | null; actualites: Element | null };

export const dashboardView = (dashboard: Dashboard, parts: DashboardParts, act: DashboardActions): Piece => html`
  ${greeting(dashboard.account)} <parvis-mail-notice></parvis-mail-notice> ${foyerChoice(dashboard.foyers)} ${welcome(dashboard.welcome)}
  <div class="p-space">
    <div>${dashboard.foyer ? familyViews(dashboard) : noFoyer()} ${parts.demarches ?? nothing}</div>
    <div>${contactDetails(dashboard)} ${parts.actualites ?? nothing} ${thisDevice(act)}</div>
  </div>
`;

const thisDevice = (act: DashboardActions): Piece => html`
  <section class="p-card">
    <h2>Cet appareil</h2>
    ${keepChoice(act.keeps, act.keeping, act.keep)}
    <button type="button" class="p-button p-secondary" @click=${act.signOut}>Me déconnecter</button>
    <p role="status">${act.leaving}</p>
  </section>
`;

const greeting = (account: Dashboard["account"]): Piece => html`
  <p class="p-lead">
    Bonjour ${politeName(account.title, account.usual_name)}<br />
    <span class="p-muted p-last-sign-in">
      ${account.previous_sign_in ? `Dernière connexion le ${frenchInstant(account.previous_sign_in)}` : "C’est votre première connexion."}
    </span>
  </p>
`;

const welcome = (message: Dashboard["welcome"]): Piece =>
  message === null ? nothing : html`
    <section class="p-welcome">
      <h2>${message.title}</h2>
      <p>${message.text}</p>
      <p class="p-muted">Message de la mairie du ${frenchDate(message.dated)}</p>
    </section>
  `;

const familyViews = (dashboard: Dashboard): Piece => html`
  <ul class="p-tiles">
    ${tile("/reservations/", "Réserver", "La cantine et les activités, mois par mois", true)}
    ${tile("/agenda/", "Mon agenda", "Tout ce qui est prévu, même sans réseau", false)}
  </ul>
  <section>
    <h2>Ma famille</h2>
    <ul class="p-people">${dashboard.children.map(childItem)}${dashboard.guardians.map(guardianItem)}</ul>
    ${dashboard.guardians.length < 2 ? html`<p class="p-muted">Aucun co-représentant n’est connu de la mairie.</p>` : nothing}
  </section>
  ${nextBookings(dashboard.next_bookings)}
  ${lastRequests(dashboard.last_requests)}
`;

const tile = (href: string, title: string, text: string, accent: boolean): Piece => html`
  <li><a class=${accent ? "p-tile p-accent" : "p-tile"} href=${href}><span class="p-tile-title">${title}</span><span class="p-tile-text">${text}</span></a></li>
`;

const avatar = (name: string): Piece => html`<span class="p-avatar" aria-hidden="true">${[...name][0] ?? ""}</span>`;

function childItem(child: DashboardChild): Piece {
  const place = [child.school?.name, child.level].filter(Boolean).join(", ");
  const query = new URLSearchParams({ enfant: child.person_id });
  return html`
    <li class="p-person">
      ${avatar(child.given_name)}
      <div>
        <span class="p-person-name">${child.given_name} ${child.usual_name}</span>
        <span class="p-person-text">${place || "École non renseignée"}</span>
        ${child.next ? html`<span class="p-person-text">Prochaine réservation : ${frenchDay(child.next.day)}, ${child.next.activity_name}</span>` : nothing}
        <span class="p-person-links">
          <a href=${`/agenda/?${query}`}>Agenda<span class="p-visually-hidden"> de ${child.given_name}</span></a>
          <a href=${`/reservations/?${query}`}>Réserver<span class="p-visually-hidden"> pour ${child.given_name}</span></a>
        </span>
      </div>
    </li>
  `;
}

const guardianItem = (guardian: Guardian): Piece => html`
  <li class="p-person">
    ${avatar(guardian.given_name)}
    <div>
      <span class="p-person-name">${guardian.given_name} ${guardian.usual_name}</span>
      ${guardianStatus(guardian)}
    </div>
  </li>
`;

const nextBookings = (bookings: readonly NextBooking[]): Piece => html`
  <section>
    <h2>Prochaines réservations</h2>
    ${bookings.length === 0 ? html`<p class="p-empty">Aucune réservation à venir. <a href="/reservations/">Réserver</a></p>` : html`
      <ul class="p-list">${bookings.map(bookingItem)}</ul>
    `}
  </section>
`;

const bookingItem = (booking: NextBooking): Piece => html`
  <li>
    <span><strong>${frenchDay(booking.day)}</strong><br />${booking.given_name}, ${booking.activity_name}${statusOf(booking) ? html` <span class="p-tag p-pending">${statusOf(booking)}</span>` : nothing}</span>
    ${booking.price_centimes === null ? nothing : html`<span class="p-money">${frenchPrice(booking.price_centimes)}</span>`}
  </li>
`;

const BECAME = { open: "En attente d’instruction", accepted: "Acceptée", refused: "Refusée", withdrawn: "Annulée" } as const;

const lastRequests = (requests: readonly LastRequest[]): Piece => html`
  <section>
    <h2>Mes dernières demandes</h2>
    ${requests.length === 0 ? html`<p class="p-empty">Vous n’avez rien demandé aux services pour le moment.</p>` : html`
      <ul class="p-list">${requests.map(requestItem)}</ul>
    `}
  </section>
`;

const requestItem = ({ label, status, at, decided_at, reason, path }: LastRequest): Piece => html`
  <li>
    <span>
      <a href=${path}><strong>${label}</strong></a><br />
      Envoyée le ${frenchInstant(at)}${reason ? html`<br />Motif : ${reason}` : nothing}
    </span>
    <span class="p-tag ${status === "open" ? "p-pending" : ""}">${BECAME[status]}${decided_at ? ` le ${frenchInstant(decided_at)}` : ""}</span>
  </li>
`;

const contactDetails = ({ account, foyer }: Dashboard): Piece => html`
  <section>
    <h2>Mes coordonnées</h2>
    <dl class="p-facts">
      <dt>Nom</dt><dd>${account.given_name} ${account.usual_name}</dd>
      <dt>E-mail</dt><dd>${account.email}</dd>
      ${foyer?.address ? html`<dt>Adresse</dt><dd>${foyer.address.line1}${foyer.address.line2 ? html`<br />${foyer.address.line2}` : nothing}<br />${foyer.address.postcode} ${foyer.address.town}</dd>` : nothing}
      ${foyer?.address_asked_at ? html`<dt>Nouvelle adresse</dt><dd><span class="p-tag p-pending">En attente d’instruction depuis le ${frenchInstant(foyer.address_asked_at)}</span></dd>` : nothing}
      ${foyer?.phones?.length ? html`<dt>Téléphone</dt><dd>${foyer.phones.map((phone) => html`<span class="p-nowrap">${frenchPhone(phone)}</span> `)}</dd>` : nothing}
      ${foyer ? html`<dt>Dossier famille</dt><dd>${foyer.reference}</dd>` : nothing}
    </dl>
    ${foyer ? html`<p><a href="/mes-coordonnees/">Modifier mes coordonnées et l’entourage</a></p>` : nothing}
    <p><a href="/identifiants/">Mes identifiants et mes appareils</a></p>
    <p><a href="/preferences/">Mes préférences : facture, rappels, actualités</a></p>
    <p><a href="/mes-donnees/">Mes données</a></p>
  </section>
`;
