/** By its name: what a file is, and what to do about one that no import reads. */
import { UserError } from "../lib/errors.ts";
import type { Text } from "../lib/text.ts";

export const FILES_WORDS: Text = {
	de: "Lotse liest Ordner mit CSV-Dateien wie contacts.csv und Arbeitsmappen (.xlsx).",
	en: "Lotse reads folders of CSV files such as contacts.csv, and workbooks (.xlsx).",
};

const SAVE_AS: Text = {
	de: "Bitte in der Tabellenkalkulation „Speichern unter“ und „Excel-Arbeitsmappe (.xlsx)“ wählen.",
	en: 'In the spreadsheet program, please choose "Save as" and "Excel workbook (.xlsx)".',
};

const OTHERS: Readonly<Record<string, { is: Text; advice: Text }>> = {
	xls: { is: { de: "eine Arbeitsmappe des alten Excel", en: "a workbook of the old Excel" }, advice: SAVE_AS },
	xlsb: { is: { de: "eine binäre Arbeitsmappe", en: "a binary workbook" }, advice: SAVE_AS },
	xlsm: { is: { de: "eine Arbeitsmappe mit Makros", en: "a workbook with macros" }, advice: SAVE_AS },
	xltx: { is: { de: "eine Vorlage", en: "a template" }, advice: SAVE_AS },
	xltm: { is: { de: "eine Vorlage mit Makros", en: "a template with macros" }, advice: SAVE_AS },
	ods: { is: { de: "eine Tabelle von LibreOffice", en: "a spreadsheet of LibreOffice" }, advice: SAVE_AS },
	numbers: {
		is: { de: "eine Tabelle von Numbers", en: "a spreadsheet of Numbers" },
		advice: {
			de: "Bitte in Numbers „Ablage → Exportieren → Excel“ wählen.",
			en: 'In Numbers, please choose "File → Export To → Excel".',
		},
	},
	zip: {
		is: { de: "ein ZIP-Archiv", en: "a ZIP archive" },
		advice: { de: "Bitte entpacken und den Ordner angeben.", en: "Please unpack it and name the folder." },
	},
};
const DOCUMENT = {
	is: { de: "ein Textdokument", en: "a text document" },
	advice: {
		de: "Bitte die Angaben in eine Tabelle übertragen; `lotse template` schreibt eine leere.",
		en: "Please bring the data into a spreadsheet; `lotse template` writes an empty one.",
	},
};

/** @throws UserError that says what the file is and what to do with it */
export function kindOf(name: string, where: "alone" | "folder"): "csv" | "workbook" | "other" {
	const ending = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
	if (ending === "csv") return "csv";
	if (where === "folder") return "other";
	if (ending === "xlsx") return "workbook";
	const other = /^(docx?|odt|rtf|pdf|pages)$/.test(ending) ? DOCUMENT : OTHERS[ending];
	if (other === undefined)
		throw new UserError({
			de: `„${name}“ ist weder ein Ordner noch eine .xlsx- oder .csv-Datei. ${FILES_WORDS.de}`,
			en: `"${name}" is neither a folder nor an .xlsx or .csv file. ${FILES_WORDS.en}`,
		});
	throw new UserError({
		de: `„${name}“ ist ${other.is.de}. ${other.advice.de}`,
		en: `"${name}" is ${other.is.en}. ${other.advice.en}`,
	});
}
