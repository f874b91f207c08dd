/** « Mes données ». */
import { ExportElement } from "../my-data/element.ts";

customElements.define("parvis-export", ExportElement);
