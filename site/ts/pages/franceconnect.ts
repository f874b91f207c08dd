/** « FranceConnect »: where FranceConnect sends the browser back. */
import { FranceConnectElement } from "../franceconnect/element.ts";

customElements.define("parvis-franceconnect", FranceConnectElement);
