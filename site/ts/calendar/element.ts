/** <parvis-calendar>: book and cancel a month for several children in one confirmation. */
import { html, type PropertyValues } from "lit";
import { ActionKey } from "../api.ts";
import { foyerChoice } from "../foyer.ts";
import { count, frenchMonth } from "../french.ts";
import type { Changes, ChangesOfChild, ChildMonth, Day, Receipt } from "../wire.ts";
import { failure, loading, View, type Piece } from "../view.ts";
import { CHECK_HASH } from "./address.ts";
import { Month } from "./month.ts";
import type { CalendarActions, CalendarState, Layout, Leaving, Message, Phase, Trouble } from "./state.ts";
import { submit, withoutRefused } from "./submit.ts";
import { changesOf, copyChild, reapply, recordedTicks, setMany, withUnit, type Outcome } from "./ticks.ts";
import { summaryOf } from "./totals.ts";
import { leavingDialog } from "./view_bar.ts";
import { checkView, receiptView } from "./view_check.ts";
import { editView } from "./view_edit.ts";
import { troubleView } from "./view_trouble.ts";
import { weeksShown } from "./view_week.ts";
import { accessTo } from "./access.ts";
import { recordedOf, spokenTotal } from "./words.ts";

const NARROW = "(max-width: 48rem)";
const SPEAK_AFTER_MS = 900;

export class CalendarElement extends View implements CalendarActions {
  readonly #key = new ActionKey();
  readonly #screen = matchMedia(NARROW);
  readonly #month = new Month(() => this.#loaded(), () => this.requestUpdate());
  #chosenLayout: Layout = "month";
  #ticks: CalendarState["ticks"] = new Map();
  #week = 0;
  #phase: Phase = "edit";
  #message: Message | null = null;
  #trouble: Trouble | null = null;
  #townTotal: number | null = null;
  #sending = false;
  #agreed = false;
  #receipt: Receipt | null = null;
  #receiptTitle = "";
  #leaving: Leaving | null = null;
  #spoken = "";
  #speaking = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#screen.addEventListener("change", this.#redraw);
    addEventListener("popstate", this.#follow);
    addEventListener("beforeunload", this.#guard);
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
    void this.#month.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#screen.removeEventListener("change", this.#redraw);
    removeEventListener("popstate", this.#follow);
    removeEventListener("beforeunload", this.#guard);
  }

  readonly #redraw = (): void => this.requestUpdate();

  readonly #follow = (): void => {
    if (this.#phase === "receipt") return this.restart();
    this.#phase = location.hash === CHECK_HASH && this.#changes.length > 0 ? "check" : "edit";
    this.requestUpdate();
    if (this.#phase === "check") void this.focusHeading();
  };

  readonly #guard = (event: BeforeUnloadEvent): void => {
    if (this.#changes.length > 0 && this.#phase !== "receipt") event.preventDefault();
  };

  #loaded(): void {
    const { calendar } = this.#month;
    if (!calendar) return;
    this.#ticks = recordedTicks(calendar);
    this.#townTotal = null;
    this.#trouble = null;
    const weeks = weeksShown(calendar);
    const usable = (day: string | null): boolean =>
      calendar.children.some((child) => child.days.some((known) => known.day === day && accessTo(child, known).kind === "free"));
    this.#week = Math.max(0, weeks.findIndex(({ days }) => days.some(usable)));
  }

  get #changes(): ChangesOfChild[] {
    return this.#month.calendar ? changesOf(this.#month.calendar, this.#ticks) : [];
  }

  #state(): CalendarState | null {
    const { calendar, choices } = this.#month;
    if (!choices) return null;
    const changes = this.#changes;
    const summary = calendar ? summaryOf(calendar, changes) : { booked: 0, cancelled: 0, centimes: 0, firstLimit: null, costly: 0 };
    const narrow = this.#screen.matches;
    return {
      choices, calendar, changes, summary, narrow,
      failure: this.#month.failure, months: this.#month.months, month: this.#month.wanted.month, activity: this.#month.wanted.activity,
      hiddenChildren: this.#month.wanted.hidden,
      shown: calendar?.children.filter(({ child_id }) => !this.#month.wanted.hidden.has(child_id)) ?? [],
      ticks: this.#ticks, total: this.#townTotal ?? summary.centimes,
      layout: narrow ? "week" : this.#chosenLayout, week: this.#week,
      message: this.#message, trouble: this.#trouble, sending: this.#sending, agreed: this.#agreed,
      receipt: this.#receipt, leaving: this.#leaving, spoken: this.#spoken,
    };
  }

  protected override render(): Piece {
    const state = this.#state();
    if (!state) return this.#month.failure ? failure(this.#month.failure, this.retryLoading) : loading("Chargement du calendrier…");
    if (state.receipt && this.#phase === "receipt") return receiptView(state.receipt, this.#receiptTitle, this.restart);
    if (this.#phase === "check") return checkView(state, this, troubleView(state.trouble, this));
    return html`${foyerChoice(state.choices.foyers)}${editView(state, this)} ${leavingDialog(state, this)}`;
  }

  protected override updated(_changed: PropertyValues): void {
    const dialog = this.querySelector<HTMLDialogElement>("dialog");
    if (this.#leaving && dialog && !dialog.open) dialog.showModal();
    if (!this.#leaving && dialog?.open) dialog.close();
  }

  #ticked(ticks: CalendarState["ticks"], message: Message | null): void {
    this.#ticks = ticks;
    this.#message = message;
    this.#trouble = null;
    this.#townTotal = null;
    this.#agreed = false;
    clearTimeout(this.#speaking);
    this.#speaking = window.setTimeout(() => this.#speak(), SPEAK_AFTER_MS);
    this.requestUpdate();
  }

  #speak(): void {
    const { calendar } = this.#month;
    this.#spoken = calendar ? spokenTotal(summaryOf(calendar, this.#changes)) : "";
    this.requestUpdate();
  }

  #report(beside: ChildMonth, { ticks, changed, skipped }: Outcome, what: string): void {
    const left = skipped.length > 0 ? ` Laissés comme ils étaient : ${count(skipped.length, "jour")}.` : "";
    const done = changed > 0 ? `${count(changed, "jour")} ${changed < 2 ? "modifié" : "modifiés"}` : "aucun jour modifié";
    this.#ticked(ticks, { childId: beside.child_id, text: `${what} : ${done}.${left}`, failed: skipped });
  }

  // CalendarActions

  readonly choose = (month: string, activity: string): void =>
    this.#unlessUnsaved(() => {
      this.#message = null;
      void this.#month.choose(month, activity);
    });

  readonly showChild = (childId: string, shown: boolean): void => this.#month.showChild(childId, shown);

  readonly setLayout = (layout: Layout): void => {
    this.#chosenLayout = layout;
    this.requestUpdate();
  };

  readonly showWeek = (week: number): void => {
    this.#week = week;
    this.requestUpdate();
  };

  readonly tick = (child: ChildMonth, day: Day, on: boolean): void => this.#ticked(withUnit(this.#ticks, child, day, on), null);

  readonly tickMany = (child: ChildMonth, days: readonly Day[], on: boolean, what: string): void =>
    this.#report(child, setMany(this.#ticks, child, days, on), `${child.given_name}, ${what}`);

  readonly copy = (from: ChildMonth, to: ChildMonth): void =>
    this.#report(from, copyChild(this.#ticks, from, to), `${to.given_name}, pareil que ${from.given_name}`);

  readonly abandon = (): void => {
    if (this.#changes.length === 0) return location.assign("/mon-espace/");
    this.#unlessUnsaved(() => {
      if (this.#month.calendar) this.#ticked(recordedTicks(this.#month.calendar), { childId: null, text: "La démarche est annulée : rien n’a été modifié.", failed: [] });
    });
  };

  readonly check = (): void => {
    history.pushState(null, "", location.pathname + location.search + CHECK_HASH);
    this.#phase = "check";
    this.requestUpdate();
    void this.focusHeading();
  };

  readonly edit = (): void => history.back();

  readonly agree = (agreed: boolean): void => {
    this.#agreed = agreed;
    this.requestUpdate();
  };

  readonly send = async (): Promise<void> => {
    const { calendar } = this.#month;
    const state = this.#state();
    if (!calendar || !state || this.#sending) return;
    const body: Changes = {
      month: calendar.month, activity: calendar.activity.id, rules_hash: calendar.rules_hash,
      expected_total_centimes: state.total, children: [...state.changes],
    };
    this.#sending = true;
    this.#trouble = null;
    this.requestUpdate();
    const sent = await submit(calendar, body, this.#key).finally(() => (this.#sending = false));
    if ("receipt" in sent) return this.#finish(sent.receipt, `${calendar.activity.name}, ${frenchMonth(calendar.month)} : ${recordedOf(sent.receipt)}.`);
    if (sent.calendar) this.#putBack(sent.calendar, body.children);
    this.#townTotal = sent.total ?? null;
    this.#trouble = sent.trouble;
    if (this.#changes.length === 0) this.edit();
    this.requestUpdate();
    void this.focusHeading(".p-trouble");
  };

  #finish(receipt: Receipt, title: string): void {
    this.#receipt = receipt;
    this.#receiptTitle = title;
    this.#phase = "receipt";
    this.#ticks = new Map();
    this.requestUpdate();
    void this.focusHeading();
  }

  #putBack(calendar: NonNullable<CalendarState["calendar"]>, mine: readonly ChangesOfChild[]): void {
    const outcome = reapply(calendar, mine);
    this.#month.replace(calendar);
    this.#ticks = outcome.ticks;
    this.#message = outcome.skipped.length === 0 ? null : { childId: null, text: "Ces jours n’ont pas pu être repris :", failed: outcome.skipped };
  }

  readonly reapplyMine = (): void => {
    const trouble = this.#trouble;
    if (trouble?.kind !== "stale") return;
    this.#putBack(trouble.current, trouble.mine);
    this.#trouble = null;
    this.#townTotal = null;
    if (this.#message || this.#changes.length === 0) this.edit();
    this.requestUpdate();
    void this.focusHeading();
  };

  readonly dropRefused = async (): Promise<void> => {
    const trouble = this.#trouble;
    if (trouble?.kind !== "days_refused") return;
    const kept = withoutRefused(this.#changes, trouble.refused);
    const fresh = await this.#month.fresh();
    const { calendar } = this.#month;
    if (fresh ?? calendar) this.#putBack((fresh ?? calendar)!, kept);
    this.#trouble = null;
    if (this.#changes.length === 0) this.edit();
    this.requestUpdate();
    void this.focusHeading();
  };

  /** Starts again from what the town has recorded. */
  readonly restart = (): void => {
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
    this.#phase = "edit";
    this.#trouble = null;
    this.#message = null;
    void this.#month.reload();
  };

  readonly retryLoading = (): void => void this.#month.start();

  #unlessUnsaved(go: () => void): void {
    const changes = this.#changes.reduce((sum, { book, cancel }) => sum + book.length + cancel.length, 0);
    if (changes === 0) go();
    else this.#leaving = { go, changes };
    this.requestUpdate();
  }

  readonly stay = (): void => {
    this.#leaving = null;
    this.requestUpdate();
  };

  readonly leave = (): void => {
    const go = this.#leaving?.go;
    this.#leaving = null;
    this.requestUpdate();
    go?.();
  };
}
