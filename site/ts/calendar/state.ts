/** What the calendar's views read, and what they may ask of the element. */
import type { Calendar, ChangesOfChild, ChildMonth, Choices, Day, Receipt } from "../wire.ts";
import type { Outcome, Ticks } from "./ticks.ts";
import type { Summary } from "./totals.ts";

/** Why a change is not recorded yet. The person's ticks are kept in every case. */
export type Trouble =
  | { kind: "stale"; before: Calendar; current: Calendar; mine: readonly ChangesOfChild[] }
  | { kind: "price_changed"; before: number; now: number }
  | { kind: "days_refused"; refused: readonly { childId: string; day: string; name: string; detail: string }[] }
  | { kind: "network" }
  | { kind: "signed_out" }
  | { kind: "other"; detail: string };

/** What an action on many days did, said beside the child concerned; `failed` are the days left as they were. */
export type Message = { childId: string | null; text: string; failed: Outcome["skipped"] };
export type Phase = "edit" | "check" | "receipt";
export type Layout = "month" | "week";
export type Leaving = { go: () => void; changes: number };

export interface CalendarState {
  readonly choices: Choices;
  readonly calendar: Calendar | null;
  readonly failure: string | null;
  readonly months: readonly string[];
  readonly month: string;
  readonly activity: string;
  readonly shown: readonly ChildMonth[];
  readonly hiddenChildren: ReadonlySet<string>;
  readonly ticks: Ticks;
  readonly changes: readonly ChangesOfChild[];
  readonly summary: Summary;
  /** The town's own total when it has corrected the estimate. */
  readonly total: number;
  readonly narrow: boolean;
  readonly layout: Layout;
  readonly week: number;
  readonly message: Message | null;
  readonly trouble: Trouble | null;
  readonly sending: boolean;
  readonly agreed: boolean;
  readonly receipt: Receipt | null;
  readonly leaving: Leaving | null;
  readonly spoken: string;
}

export interface CalendarActions {
  choose(month: string, activity: string): void;
  showChild(childId: string, shown: boolean): void;
  setLayout(layout: Layout): void;
  showWeek(week: number): void;
  tick(child: ChildMonth, day: Day, on: boolean): void;
  tickMany(child: ChildMonth, days: readonly Day[], on: boolean, what: string): void;
  copy(from: ChildMonth, to: ChildMonth): void;
  abandon(): void;
  check(): void;
  edit(): void;
  agree(agreed: boolean): void;
  send(): void;
  reapplyMine(): void;
  dropRefused(): void;
  restart(): void;
  retryLoading(): void;
  stay(): void;
  leave(): void;
}
