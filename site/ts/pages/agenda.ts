/** « Mon agenda ». */
import { AgendaElement } from "../agenda/element.ts";

customElements.define("parvis-agenda", AgendaElement);
