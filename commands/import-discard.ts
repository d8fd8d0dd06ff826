import { command } from "../src/bot/command.ts";
import { reply, text } from "../src/bot/reply.ts";
import { closeUpload, findOpenUpload, lockOwner, lockUpload } from "../src/exchange/uploads.ts";
import { UserError } from "../src/lib/errors.ts";
import { uploadArg, whyClosed } from "./parts/upload.ts";

export const importDiscard = command({
	name: "import discard",
	words: { de: ["import verwerfen", "importieren verwerfen"], en: ["import discard"] },
	summary: {
		de: "Verwirft die Datei, die Sie zum Einlesen geschickt haben",
		en: "Discards the file that you sent to be imported",
	},
	example: { de: "import verwerfen", en: "import discard" },
	role: "admin",
	writes: false,
	args: { file: uploadArg },
	async run(context, { file }) {
		const { asker, language, now, place, tx } = context;
		const owner = place && { platform: place.platform, address: place.address, userId: asker.userId };
		if (owner) await lockOwner(tx, owner);
		const id = file ?? (owner ? (await findOpenUpload(tx, owner, now))?.id : undefined);
		const upload = id === undefined ? null : await lockUpload(tx, id);
		const closed = whyClosed(upload, context);
		if (closed !== null || upload === null) throw new UserError(closed ?? NONE);
		await closeUpload(tx, upload.id, "discarded");
		const line = {
			de: "Verworfen. Die Datei ist gelöscht, es wurde nichts eingelesen.",
			en: "Discarded. The file is deleted, nothing was imported.",
		};
		return { status: "done", records: [], reply: reply(text(line[language])) };
	},
});

const NONE = { de: "Es liegt keine Datei vor.", en: "There is no file." };
