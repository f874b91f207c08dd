/** « Mes préférences ». */
import { PreferencesElement } from "../preferences/element.ts";

customElements.define("parvis-preferences", PreferencesElement);
