/** « Mes coordonnées ». */
import { DetailsElement } from "../details/element.ts";

customElements.define("parvis-details", DetailsElement);
