import { type Context, command, type Outcome } from "../src/bot/command.ts";
import { heading, note, reply } from "../src/bot/reply.ts";
import {
	changeUpload,
	closeUpload,
	findOpenUpload,
	findUpload,
	listUploadFiles,
	lockOwner,
	lockUpload,
} from "../src/exchange/uploads.ts";
import { UserError } from "../src/lib/errors.ts";
import { faultsAttached } from "./parts/faults.ts";
import { readFiles } from "./parts/fetch.ts";
import { countsTable, faultsOutcome, planOutcome, uploadArg, whyClosed } from "./parts/upload.ts";

export const importConfirm = command({
	name: "import confirm",
	words: { de: ["import übernehmen", "importieren übernehmen", "import bestätigen"], en: ["import confirm"] },
	summary: {
		de: "Übernimmt, was die Prüfung Ihrer Datei gezeigt hat: alles oder nichts",
		en: "Imports what the check of your file has shown: all or nothing",
	},
	example: { de: "import übernehmen", en: "import confirm" },
	role: "admin",
	writes: true,
	args: { file: uploadArg },
	async gather(outside, { asker, now, place }, { file }) {
		if (place === null) return null;
		const owner = { platform: place.platform, address: place.address, userId: asker.userId };
		const upload = file ? await findUpload(outside.db, file) : await findOpenUpload(outside.db, owner, now);
		// Whose it is and whether it still counts is decided under its lock; nothing of another person's is read before.
		if (upload === null || upload.userId !== asker.userId) return { id: file ?? null, folder: null, files: [] };
		const files = await listUploadFiles(outside.db, upload.id);
		return { id: upload.id, folder: await readFiles(files), files };
	},
	async run(context, _args, gathered) {
		const { language, now, tx } = context;
		if (context.place) await lockOwner(tx, { ...context.place, userId: context.asker.userId });
		const upload = gathered?.id ? await lockUpload(tx, gathered.id) : null;
		const closed = whyClosed(upload, context);
		if (closed !== null || upload === null || !gathered?.folder) throw new UserError(closed ?? GONE);
		const { auditOf, carryOut, countsOf, planInto } = await import("../src/exchange/import.ts");
		const { changesOf, digestOf } = await import("../src/exchange/changes.ts");
		const planned = await planInto(tx, gathered.folder, { prune: upload.prune, language: context.standardLanguage });
		if (planned.status === "invalid") {
			await changeUpload(tx, upload.id, null);
			return faultsOutcome(planned.faults, language, [
				...(await faultsAttached(gathered.files, planned.faults, language)),
				note(FAULTY[language]),
			]);
		}
		const { plan, stored } = planned;
		const counts = countsOf(plan);
		const digest = digestOf(plan, stored);
		if (digest !== upload.digest) {
			await changeUpload(tx, upload.id, digest);
			return planOutcome(upload.id, { counts, changes: changesOf(plan, stored), lead: CHANGED[language] }, context);
		}
		await carryOut(tx, plan, { now, author: await context.personId() });
		await closeUpload(tx, upload.id, "imported");
		return done(context, counts, auditOf(plan));
	},
});

function done(
	{ language }: Context,
	counts: Parameters<typeof countsTable>[0],
	audit: NonNullable<Outcome["audit"]>,
): Outcome {
	return {
		status: "done",
		records: [],
		audit,
		reply: reply(heading({ de: "Übernommen", en: "Imported" }[language]), countsTable(counts, language)),
	};
}

const GONE = {
	de: "Diese Datei liegt nicht mehr vor. Bitte schicken Sie sie noch einmal.",
	en: "This file is no longer here. Please send it again.",
};
const FAULTY = {
	de: "Seit der Prüfung hat sich etwas geändert, so dass die Datei nicht mehr passt. Bitte verbessern Sie sie und schicken Sie sie noch einmal.",
	en: "Something has changed since the check, so that the file no longer fits. Please mend it and send it again.",
};
const CHANGED = {
	de: "Seit der Prüfung hat sich etwas geändert, und es wurde noch nichts übernommen. Jetzt würde dies geschehen:",
	en: "Something has changed since the check, and nothing has been imported yet. This would happen now:",
};
