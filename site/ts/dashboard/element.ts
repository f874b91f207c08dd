/** <parvis-dashboard>: « Mon espace ». */
import { html, nothing } from "lit";
import { getOfFoyer } from "../foyer.ts";
import { chooseToKeep, keepAgenda } from "../kept.ts";
import { failure, loading, reasonOf, View, type Piece } from "../view.ts";
import type { Agenda, Dashboard } from "../wire.ts";
import { agendaFrom } from "../agenda/weeks.ts";
import { showMyNews } from "./news.ts";
import { dashboardView } from "./views.ts";
import { keepsData, signOut } from "../session.ts";

const part = (name: string): HTMLElement | null => document.querySelector(`[data-part="${name}"]`);

export class DashboardElement extends View {
  readonly #parts = { demarches: part("demarches"), actualites: part("actualites") };
  #dashboard: Dashboard | null = null;
  #failure: string | null = null;
  #keeping = "";
  #leaving = "";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  readonly #load = async (): Promise<void> => {
    this.#failure = null;
    this.requestUpdate();
    try {
      this.#dashboard = (await getOfFoyer<Dashboard>("/api/family/dashboard")).data;
      void showMyNews(this.#parts.actualites);
      if (keepsData() && this.#dashboard.foyer) void this.#refreshKept();
    } catch (error) {
      this.#failure = reasonOf(error);
    }
    this.requestUpdate();
  };

  /** So that the agenda opens without the network even if it was never opened on this device. */
  async #refreshKept(): Promise<boolean> {
    try {
      await keepAgenda((await getOfFoyer<Agenda>(agendaFrom(new Date()))).data);
      return true;
    } catch {
      return false;
    }
  }

  readonly #keep = async (keep: boolean): Promise<void> => {
    try {
      await chooseToKeep(keep);
    } catch {
      this.#keeping = "Ce navigateur refuse de garder des données.";
      return this.requestUpdate();
    }
    if (!keep) this.#keeping = "Vos données sont effacées de cet appareil.";
    else if (await this.#refreshKept()) this.#keeping = "Votre agenda s’ouvrira sur cet appareil, même sans réseau.";
    else this.#keeping = "Votre agenda sera gardé dès qu’il aura été chargé.";
    this.requestUpdate();
  };

  readonly #signOut = async (): Promise<void> => {
    try {
      location.assign(await signOut());
    } catch {
      this.#leaving = "Vos données sont effacées de cet appareil, mais la mairie n’a pas encore reçu votre déconnexion. Réessayez quand le réseau sera revenu.";
      this.requestUpdate();
    }
  };

  protected override render(): Piece {
    if (this.#failure) return failure(this.#failure, this.#load, keepsData() ? html`<p><a href="/agenda/">Ouvrir l’agenda gardé sur cet appareil</a></p>` : nothing);
    if (!this.#dashboard) return loading("Chargement de votre espace…");
    return dashboardView(this.#dashboard, this.#parts, {
      keeps: keepsData(),
      keeping: this.#keeping,
      leaving: this.#leaving,
      keep: (on) => void this.#keep(on),
      signOut: () => void this.#signOut(),
    });
  }
}
