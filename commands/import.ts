import * as arg from "../src/bot/args.ts";
import { type Context, command, type Outcome } from "../src/bot/command.ts";
import { note, type Part, reply, text } from "../src/bot/reply.ts";
import type { NamedBytes } from "../src/exchange/source.ts";
import {
	closeOpenUploads,
	findOpenUpload,
	keepUpload,
	listUploadFiles,
	lockOwner,
	type Owner,
} from "../src/exchange/uploads.ts";
import { UserError } from "../src/lib/errors.ts";
import type { Language } from "../src/lib/text.ts";
import { faultsAttached } from "./parts/faults.ts";
import { download, type Folder, readFiles, tooLarge } from "./parts/fetch.ts";
import { faultsOutcome, planOutcome } from "./parts/upload.ts";

/** CSV files sent one after the other belong together: many chats send each file as a message of its own. */
const TOGETHER = { minutes: 10 };
const TABLES = /\.(?:xlsx|csv|xlsm|xls|xlsb|xltx|ods|numbers|zip)$/iu;
const isCsv = ({ name }: { name: string }) => /\.csv$/iu.test(name);

export const importFiles = command({
	name: "import",
	words: { de: ["import", "importieren", "einlesen"], en: ["import"] },
	summary: {
		de: "Liest eine Arbeitsmappe (.xlsx) oder CSV-Dateien ein, die Sie in die Direktnachricht legen: erst geprüft, dann auf Knopfdruck",
		en: "Imports a workbook (.xlsx) or CSV files that you drop into the direct message: checked first, then at the press of a button",
	},
	example: { de: "import", en: "import" },
	role: "admin",
	writes: false,
	takesFiles: (name) => TABLES.test(name),
	args: {
		prune: arg.flag({
			de: ["löschen", "prune"],
			en: ["prune"],
			label: { de: "Löschen", en: "prune" },
			ask: { de: "Löschen, was in der Datei fehlt?", en: "Delete what the file lacks?" },
			hint: {
				de: "Löscht, was in einer mitgeschickten Tabelle nicht mehr steht.",
				en: "Deletes what a table that was sent no longer has.",
			},
		}),
	},
	async gather(outside, said) {
		if (said.place?.kind === "channel") throw new UserError(NOT_HERE);
		const files = await download(outside, said);
		return files.length === 0 ? null : { files, folder: await readFiles(files) };
	},
	async run(context, { prune }, gathered) {
		const owner = ownerOf(context);
		if (owner === null) throw new UserError(NO_FILES_HERE);
		await lockOwner(context.tx, owner);
		const open = await findOpenUpload(context.tx, owner, context.now);
		const before = open && (await listUploadFiles(context.tx, open.id));
		if (gathered === null && before === null) return howTo(context.language);
		const recent = open && open.at.getTime() >= context.now.subtract(TOGETHER).epochMilliseconds;
		const added = gathered?.files ?? [];
		const earlier =
			before && (gathered === null || (recent && [...before, ...added].every(isCsv)))
				? before.filter(({ name }) => added.every((one) => one.name !== name))
				: [];
		const files = [...earlier, ...added];
		tooLarge(files.reduce((sum, { bytes }) => sum + bytes.length, 0));
		const folder = earlier.length === 0 && gathered !== null ? gathered.folder : await readFiles(files);
		return look(context, owner, {
			files,
			folder,
			earlier,
			prune: prune || (gathered === null && (open?.prune ?? false)),
		});
	},
});

/** Whose files these are; null = there are no files here (console, `lotse run`). */
function ownerOf({ place, asker }: Context): Owner | null {
	if (place === null || place.platform === "console") return null;
	return { platform: place.platform, address: place.address, userId: asker.userId };
}

interface Given {
	files: readonly NamedBytes[];
	folder: Folder;
	/** Sent before, and looked at together with these. */
	earlier: readonly NamedBytes[];
	prune: boolean;
}

async function look(context: Context, owner: Owner, { files, folder, earlier, prune }: Given): Promise<Outcome> {
	const { language, now, tx } = context;
	const { planInto, countsOf } = await import("../src/exchange/import.ts");
	const { changesOf, digestOf } = await import("../src/exchange/changes.ts");
	const planned = await planInto(tx, folder, { prune, language: context.standardLanguage });
	const names = earlier.map(({ name }) => name).join(", ");
	const together: Part[] =
		names === ""
			? []
			: [note({ de: `Zusammen geprüft mit: ${names}`, en: `Checked together with: ${names}` }[language])];
	if (planned.status === "invalid") {
		// Further CSV files may hold what these refer to.
		const more = files.every(isCsv);
		if (more) await keepUpload(tx, owner, files, { digest: null, prune, now });
		else await closeOpenUploads(tx, owner, "replaced");
		const hint = more ? HINT_CSV[language] : HINT_WORKBOOK[language];
		return faultsOutcome(planned.faults, language, [
			...together,
			...(await faultsAttached(files, planned.faults, language)),
			note(hint),
		]);
	}
	const { plan, stored } = planned;
	const counts = countsOf(plan);
	const idle = Object.values(counts).every((one) => one.new + one.changed + one.pruned === 0);
	if (idle) {
		await closeOpenUploads(tx, owner, "replaced");
		return { status: "done", records: [], reply: reply(text(SAME[language]), ...together) };
	}
	const id = await keepUpload(tx, owner, files, { digest: digestOf(plan, stored), prune, now });
	const lead = {
		de: "Geprüft, ohne Fehler. Soll das übernommen werden?",
		en: "Checked, no faults. Shall this be imported?",
	};
	const outcome = planOutcome(id, { counts, changes: changesOf(plan, stored), lead: lead[language] }, context);
	return { ...outcome, reply: { ...outcome.reply, parts: [...outcome.reply.parts, ...together] } };
}

const NOT_HERE = {
	de: "Dateien liest Lotse nur in der Direktnachricht ein, denn sie enthalten Personendaten. Bitte schicken Sie sie dort noch einmal.",
	en: "Lotse imports files in the direct message only, since they hold personal data. Please send them there again.",
};
const NO_FILES_HERE = {
	de: "Hier lassen sich keine Dateien schicken. Auf der Kommandozeile geht es mit: npx lotse import PFAD",
	en: "No files can be sent here. On the command line it works with: npx lotse import PATH",
};
const SAME = {
	de: "Nichts zu tun: Alles ist schon genau so eingetragen.",
	en: "Nothing to do: everything is stored just so already.",
};
const HINT_CSV = {
	de: "Bitte verbessern Sie die Datei und schicken Sie sie noch einmal. Fehlt nur eine weitere Tabelle, dann schicken Sie sie nach: Beide werden zusammen geprüft.",
	en: "Please mend the file and send it again. If only another table is missing, send it too: they are checked together.",
};
const HINT_WORKBOOK = {
	de: "Bitte verbessern Sie die Datei und schicken Sie sie noch einmal.",
	en: "Please mend the file and send it again.",
};

function howTo(language: Language): Outcome {
	const line = {
		de: "Legen Sie die Datei einfach hierher: eine Arbeitsmappe (.xlsx) oder CSV-Dateien wie contacts.csv. Sie sehen zuerst, was sich ändern würde; geschrieben wird erst, wenn Sie es bestätigen.",
		en: "Just drop the file here: a workbook (.xlsx) or CSV files such as contacts.csv. You first see what would change; nothing is written until you confirm.",
	};
	return { status: "needs", records: [], reply: reply(text(line[language])) };
}
