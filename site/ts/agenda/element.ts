/** <parvis-agenda>: what is planned, by week; readable without the network when the person chose to keep it. */
import { html } from "lit";
import { NetworkFailure } from "../api.ts";
import { foyerChoice, getOfFoyer } from "../foyer.ts";
import { chooseToKeep, keepAgenda, keptAgenda } from "../kept.ts";
import { keepsData } from "../session.ts";
import { failure, isWithoutFoyer, loading, noFoyer, reasonOf, View, type Piece } from "../view.ts";
import type { Agenda } from "../wire.ts";
import { agendaView } from "./views.ts";
import { agendaFrom } from "./weeks.ts";

const NOT_KEPT =
  "Le réseau ne répond pas, et l’agenda n’est pas gardé sur cet appareil. Pour le lire sans réseau, cochez « garder mes données sur cet appareil » quand vous êtes en ligne.";

export class AgendaElement extends View {
  #agenda: Agenda | null = null;
  #keptAt: string | null = null;
  #failure: string | null = null;
  #child = new URLSearchParams(location.search).get("enfant");
  #said = "";
  #withoutFoyer = false;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("online", this.#load);
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("online", this.#load);
  }

  readonly #load = async (): Promise<void> => {
    this.#failure = null;
    this.requestUpdate();
    try {
      const { data } = await getOfFoyer<Agenda>(agendaFrom(new Date()));
      [this.#agenda, this.#keptAt] = [data, null];
      await keepAgenda(data).catch(() => (this.#said = "Ce navigateur n’a pas pu garder l’agenda."));
    } catch (error) {
      if (error instanceof NetworkFailure) await this.#openKept();
      else if (isWithoutFoyer(error)) this.#withoutFoyer = true;
      else this.#failure = reasonOf(error);
    }
    this.requestUpdate();
  };

  async #openKept(): Promise<void> {
    const kept = await keptAgenda().catch(() => null);
    if (kept) [this.#agenda, this.#keptAt] = [kept.agenda, kept.keptAt];
    else if (!this.#agenda) this.#failure = NOT_KEPT;
  }

  readonly #keep = async (keep: boolean): Promise<void> => {
    try {
      await chooseToKeep(keep);
      if (keep && this.#agenda) await keepAgenda(this.#agenda);
      this.#said = keep ? "L’agenda est gardé sur cet appareil." : "Vos données sont effacées de cet appareil.";
    } catch {
      this.#said = "Ce navigateur refuse de garder des données.";
    }
    this.requestUpdate();
  };

  readonly #show = (child: string | null): void => {
    this.#child = child;
    history.replaceState(null, "", child ? `${location.pathname}?${new URLSearchParams({ enfant: child })}` : location.pathname);
    this.requestUpdate();
  };

  protected override render(): Piece {
    if (this.#failure) return failure(this.#failure, this.#load);
    if (this.#withoutFoyer) return noFoyer();
    if (!this.#agenda) return loading("Chargement de l’agenda…");
    return html`${foyerChoice(this.#agenda.foyers)}${agendaView(this.#agenda, {
      child: this.#child,
      keptAt: this.#keptAt,
      keeps: keepsData(),
      said: this.#said,
      show: this.#show,
      keep: (on) => void this.#keep(on),
    })}`;
  }
}
