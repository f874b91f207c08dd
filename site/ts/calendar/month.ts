/** The month on screen: what may be chosen, what was chosen, and what the town answered. */
import { getOfFoyer } from "../foyer.ts";
import type { Calendar, Choices } from "../wire.ts";
import { isWithoutFoyer, reasonOf } from "../view.ts";
import { withPast } from "./access.ts";
import { monthsAround, readAddress, writeAddress, type Wanted } from "./address.ts";

export class Month {
  choices: Choices | null = null;
  calendar: Calendar | null = null;
  failure: string | null = null;
  wanted: Wanted = { month: "", activity: "", hidden: new Set() };
  readonly months = monthsAround(new Date());
  #asked = 0;

  /** `loaded` runs when another month has come; `changed` when there is something to draw again. */
  constructor(
    private readonly loaded: () => void,
    private readonly changed: () => void,
  ) {}

  async start(): Promise<void> {
    this.failure = null;
    this.changed();
    if (this.choices) return this.reload();
    try {
      this.choices = (await getOfFoyer<Choices>("/api/reservations/activities")).data;
    } catch (error) {
      if (isWithoutFoyer(error)) this.choices = { activities: [], children: [] };
      if (this.choices) return this.changed();
      this.failure = reasonOf(error);
      this.changed();
      return;
    }
    this.wanted = readAddress(location.search, this.choices, new Date());
    if (this.wanted.activity && this.choices.children.length > 0) await this.reload();
    else this.changed();
  }

  choose(month: string, activity: string): Promise<void> {
    this.wanted = { ...this.wanted, month, activity };
    return this.reload();
  }

  showChild(childId: string, shown: boolean): void {
    const hidden = new Set(this.wanted.hidden);
    if (shown) hidden.delete(childId);
    else hidden.add(childId);
    this.wanted = { ...this.wanted, hidden };
    if (this.choices) writeAddress(this.wanted, this.choices);
    this.changed();
  }

  /** Asks for the month again; an answer overtaken by another choice is dropped. */
  async reload(): Promise<void> {
    const asked = (this.#asked += 1);
    this.calendar = null;
    this.failure = null;
    this.changed();
    if (this.choices) writeAddress(this.wanted, this.choices);
    try {
      const calendar = await this.#ask();
      if (asked !== this.#asked) return;
      this.calendar = calendar;
      this.loaded();
    } catch (error) {
      if (asked === this.#asked) this.failure = reasonOf(error);
    }
    this.changed();
  }

  /** The month as it is now, without touching what is on screen; null when the town cannot be reached. */
  async fresh(): Promise<Calendar | null> {
    return this.#ask().catch(() => null);
  }

  replace(calendar: Calendar): void {
    this.calendar = withPast(calendar);
  }

  async #ask(): Promise<Calendar> {
    const { month, activity } = this.wanted;
    const params = new URLSearchParams({ month, activity });
    return withPast((await getOfFoyer<Calendar>(`/api/reservations/calendar?${params}`)).data);
  }
}
