import { command } from "../src/bot/command.ts";
import { reply, text } from "../src/bot/reply.ts";
import { UserError } from "../src/lib/errors.ts";
import { LARGEST, MIB, WORKBOOK } from "./parts/fetch.ts";

export const exportFile = command({
	name: "export",
	words: { de: ["export", "exportieren"], en: ["export"] },
	summary: {
		de: "Schickt das ganze Netzwerk als Arbeitsmappe (.xlsx) in die Direktnachricht",
		en: "Sends the whole network as a workbook (.xlsx) to the direct message",
	},
	example: { de: "export", en: "export" },
	role: "admin",
	// It changes nothing, but all personal data leave the house with it: that stands in the audit log.
	writes: true,
	args: {},
	async gather(outside, { place }) {
		if (place === null || place.platform === "console") throw new UserError(NO_FILES_HERE);
		const { networkWorkbook } = await import("../src/exchange/export.ts");
		return networkWorkbook(outside.db, LARGEST);
	},
	async run({ asker, language, now }, _args, book) {
		if (book === null) throw new UserError(TOO_LARGE);
		const day = now.toZonedDateTimeISO(asker.timezone).toPlainDate().toString();
		const name = `${{ de: "netzwerk", en: "network" }[language]}-${day}.xlsx`;
		const line = {
			de: "Das ganze Netzwerk. Die Datei enthält Personendaten: bitte geben Sie sie nicht weiter und löschen Sie sie, wenn Sie sie nicht mehr brauchen.",
			en: "The whole network. The file holds personal data: please do not pass it on, and delete it when you no longer need it.",
		};
		const file = { kind: "file", name, mediaType: WORKBOOK, base64: Buffer.from(book).toString("base64") } as const;
		return {
			status: "done",
			records: [],
			audit: { details: { bytes: book.length } },
			reply: { ...reply(text(line[language]), file), visibility: "private" },
		};
	},
});

const NO_FILES_HERE = {
	de: "Hier lassen sich keine Dateien empfangen. Auf der Kommandozeile geht es mit: npx lotse export netzwerk.xlsx",
	en: "No files can be received here. On the command line it works with: npx lotse export network.xlsx",
};
const TOO_LARGE = {
	de: `Die Arbeitsmappe ist größer als ${LARGEST / MIB} MiB, zu groß für den Chat. Auf der Kommandozeile geht es mit: npx lotse export netzwerk.xlsx`,
	en: `The workbook is larger than ${LARGEST / MIB} MiB, too large for the chat. On the command line it works with: npx lotse export network.xlsx`,
};
