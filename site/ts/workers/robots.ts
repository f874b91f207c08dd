/** Apart from the page, so that it stays at hand meanwhile: tries the numbers of a challenge (site/ts/forms/robots.ts). */
import "altcha/workers/pbkdf2";
