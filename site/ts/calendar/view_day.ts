/** One day of one child: a native box, its price, how it is and until when it can change. */
import { html, nothing } from "lit";
import { frenchPrice } from "../french.ts";
import type { Piece } from "../view.ts";
import type { ChildMonth, Day } from "../wire.ts";
import { accessTo, canChange, type Detail } from "./access.ts";
import type { CalendarActions, CalendarState } from "./state.ts";
import { isChanged, isTicked } from "./ticks.ts";
import { boxName, noteOf } from "./words.ts";

export const noteId = (child: ChildMonth, day: Day): string => `note-${child.child_id}-${day.day}`;

/** A closed day with nothing recorded has no box: there is nothing to tick. */
export const hasBox = (day: Day): boolean => day.open || day.state !== "free";

export function boxView(state: CalendarState, act: CalendarActions, child: ChildMonth, day: Day, visible: Piece): Piece {
  const ticked = isTicked(state.ticks, child.child_id, day.day);
  return html`
    <label class="p-day-choice">
      <input
        type="checkbox"
        aria-label=${boxName(child, day)}
        aria-describedby=${noteId(child, day)}
        .checked=${ticked}
        ?disabled=${!canChange(accessTo(child, day))}
        @change=${(event: Event) => act.tick(child, day, (event.target as HTMLInputElement).checked)}
      />
      <span class="p-day-text" aria-hidden="true">${visible}</span>
    </label>
  `;
}

export const priceView = (day: Day): Piece =>
  day.price_centimes === null ? nothing : html`<span class="p-day-price">${frenchPrice(day.price_centimes)}</span>`;

export function noteView(state: CalendarState, child: ChildMonth, day: Day, detail: Detail): Piece {
  const ticked = isTicked(state.ticks, child.child_id, day.day);
  return html`
    <span class="p-day-note" id=${noteId(child, day)}>
      ${tagsOf(state, child, day)}${noteOf(child, day, ticked, detail)}
    </span>
  `;
}

function tagsOf(state: CalendarState, child: ChildMonth, day: Day): Piece {
  const changed = isChanged(state.ticks, child.child_id, day);
  const surcharge = day.surcharge && (day.state !== "free" || accessTo(child, day).kind === "costly");
  return html`
    ${changed ? html`<span class="p-tag p-changed">Modifié ici</span> ` : nothing}
    ${surcharge ? html`<span class="p-tag p-late">Majoré</span> ` : nothing}
  `;
}

