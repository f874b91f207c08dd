/** What every page does: offline banner, new versions, header. */
import { wireAccount } from "../shell/account.ts";
import { watchNetwork } from "../shell/offline.ts";
import { watchUpdates } from "../shell/updates.ts";

wireAccount();
watchNetwork();
watchUpdates();
