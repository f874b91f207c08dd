/** « Essayer les règles ». */
import { TryRulesElement } from "../try-rules/element.ts";

customElements.define("parvis-try-rules", TryRulesElement);
