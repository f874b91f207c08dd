/**
 * « Garder mes données sur cet appareil »: a choice of this device, off by default. When it is on, the last agenda stays
 * in IndexedDB so that it opens without the network. Only what an agenda shows is kept, never health data.
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { DATABASE, keepsData, setKeepsData } from "./session.ts";
import type { Agenda, AgendaEntry } from "./wire.ts";

export type KeptAgenda = { agenda: Agenda; keptAt: string };

interface Schema extends DBSchema {
  kept: { key: string; value: KeptAgenda };
}

export async function chooseToKeep(keep: boolean): Promise<void> {
  setKeepsData(keep);
  if (!keep) await withDatabase((database) => database.clear("kept"));
}

export async function keepAgenda(agenda: Agenda): Promise<void> {
  if (!keepsData()) return;
  const kept = { agenda: onlyWhatIsShown(agenda), keptAt: agenda.generated_at };
  await withDatabase((database) => database.put("kept", kept, "agenda"));
}

export async function keptAgenda(): Promise<KeptAgenda | null> {
  if (!keepsData()) return null;
  return (await withDatabase((database) => database.get("kept", "agenda"))) ?? null;
}

/** An allow-list: a field that the town adds one day is not stored before somebody decides so here. */
export function onlyWhatIsShown(agenda: Agenda): Agenda {
  return {
    generated_at: agenda.generated_at,
    children: agenda.children.map(({ child_id, given_name }) => ({ child_id, given_name })),
    entries: agenda.entries.map(shownEntry),
  };
}

function shownEntry(entry: AgendaEntry): AgendaEntry {
  const { day, child_id, given_name, activity, activity_name, start, end, status, price_centimes, cancel_until } = entry;
  return { day, child_id, given_name, activity, activity_name, start, end, status, price_centimes, cancel_until };
}

/** Opened for one use: an open connection would hold back the wipe at sign-out. */
async function withDatabase<T>(use: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const database = await openDB<Schema>(DATABASE, 1, { upgrade: (fresh) => void fresh.createObjectStore("kept") });
  try {
    return await use(database);
  } finally {
    database.close();
  }
}
