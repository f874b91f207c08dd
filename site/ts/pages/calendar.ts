/** « Réserver ». */
import { CalendarElement } from "../calendar/element.ts";

customElements.define("parvis-calendar", CalendarElement);
