/** The folder of the embedded database: may it be written, and is there room? */
import { constants } from "node:fs";
import { access, statfs } from "node:fs/promises";
import { resolve } from "node:path";
import { type Check, failed, mend, ok, reasonOf, warning } from "./check.ts";

const MIB = 1024 ** 2;
/** A backup and a large import need as much beside what is there. */
const ENOUGH_MIB = 1024;
/** PostgreSQL stops with less: its journal alone takes 16 MiB at a time. */
const LEAST_MIB = 128;

export interface Room {
	/** null = it cannot be told */
	freeMib: number | null;
	/** Why it cannot be written; null = it can. */
	refused: string | null;
}

async function roomIn(path: string): Promise<Room> {
	const refused = await access(path, constants.R_OK | constants.W_OK | constants.X_OK).then(() => null, reasonOf);
	const space = await statfs(path).catch(() => null);
	return { freeMib: space && Math.floor((space.bavail * space.bsize) / MIB), refused };
}

/** @param look for tests: what the folder is like */
export async function checkDisk(
	dataDir: string,
	databaseUrl: string | null,
	look: (path: string) => Promise<Room> = roomIn,
): Promise<Check[]> {
	// On a server nothing that matters is kept here.
	if (databaseUrl !== null) return [];
	const path = resolve(dataDir);
	const { freeMib, refused } = await look(path);
	if (refused === "ENOENT") return [];
	if (refused !== null)
		return [
			failed(
				"disk",
				{
					de: `Lotse darf in ${path} nicht schreiben (${refused}).`,
					en: `Lotse may not write in ${path} (${refused}).`,
				},
				mend(
					"operator",
					`den Ordner dem Benutzer geben, unter dem Lotse läuft: chown -R BENUTZER ${path}`,
					`give the folder to the user that Lotse runs as: chown -R USER ${path}`,
				),
			),
		];
	if (freeMib === null) return [];
	const text = { de: `In ${path} sind ${freeMib} MiB frei.`, en: `${freeMib} MiB are free in ${path}.` };
	if (freeMib >= ENOUGH_MIB) return [ok("disk", text)];
	const remedy = mend(
		"operator",
		"Platz schaffen, alte Sicherungen auslagern (du -sh), oder LOTSE_DATA_DIR auf eine größere Platte legen",
		"make room, move old backups away (du -sh), or put LOTSE_DATA_DIR on a larger disk",
	);
	return [freeMib < LEAST_MIB ? failed("disk", text, remedy) : warning("disk", text, remedy)];
}
