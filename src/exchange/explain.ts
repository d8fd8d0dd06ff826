/** What each table and column is for, in the words of a German clerk's workbook: for the sheet "Lies mich" and the notes at the headers. */
import {
	AGREEMENT_KIND,
	DECISION_STATUS,
	EVENT_KIND,
	EVENT_STATUS,
	NEED,
	ORGANISATION_KIND,
	PROJECT_STATUS,
	REGION_KIND,
	STAGE,
	TOPIC,
} from "../network/labels.ts";
import type { RecordOf, RecordType } from "../network/records.ts";

/** What stands in the column, and an example. */
type Explanation = readonly [about: string, example: string];

type Explanations = {
	readonly [T in RecordType]: {
		about: string;
		columns: { readonly [F in keyof RecordOf[T]]: Explanation };
	};
};

const key = (example: string): Explanation => [
	"Eindeutiger Schlüssel der Zeile: Kleinbuchstaben a-z, Ziffern, Bindestriche. Andere Blätter verweisen damit auf sie; bitte nicht mehr ändern.",
	example,
];
const phone: Explanation = ["Telefonnummer in beliebiger Schreibweise, auch Kurzwahlen wie 116117", "+49 351 4710224"];
const email: Explanation = ["E-Mail-Adresse", "opferschutz@polizei.example.org"];
const hours: Explanation = [
	"Wann jemand zu erreichen ist, in der Schreibweise von OpenStreetMap; PH steht für Feiertage",
	"Mo-Fr 08:00-16:00; PH off",
];
const languages: Explanation = ["Sprachen als zweibuchstabige Kürzel", "de|ar|uk"];
const topics: Explanation = ["Themen, Wörter aus dem Blatt „Listen“", "victim_support|crisis"];
const responsibleFor: Explanation = [
	"Wofür zuständig: Schlüssel von Regionen; leer = wie die Organisation",
	"zwickau|plauen",
];

export const EXPLANATIONS: Explanations = {
	region: {
		about: "Regionen: Länder, Direktionsbezirke, Kreise, Gemeinden",
		columns: {
			key: key("zwickau"),
			name: ["Name der Region", "Zwickau"],
			kind: ["Art der Region", "municipality"],
			parent: ["Schlüssel der Region, in der sie liegt", "landkreis-zwickau"],
			aliases: ["Andere Namen, unter denen gefragt wird", "Stadt Zwickau|Z"],
			ags: ["Amtlicher Schlüssel mit 2, 5 oder 8 Ziffern", "14524330"],
		},
	},
	organisation: {
		about: "Organisationen: Behörden, Vereine, Beratungsstellen und alle anderen Partner",
		columns: {
			key: key("pd-zwickau"),
			name: ["Voller Name", "Polizeidirektion Zwickau"],
			kind: ["Art der Organisation", "police"],
			shortName: ["Kurzname oder Abkürzung", "PD Zwickau"],
			aliases: ["Andere Namen, unter denen gefragt wird", "Polizei Zwickau"],
			region: ["Schlüssel der Region, für die sie zuständig ist", "zwickau"],
			parent: ["Schlüssel der übergeordneten Organisation", "smi"],
			street: ["Straße und Hausnummer", "Lessingstraße 17"],
			postcode: ["Postleitzahl", "08058"],
			city: ["Ort", "Zwickau"],
			phone,
			email,
			website: ["Internetadresse", "https://www.example.org"],
			description: ["Was die Organisation tut, in einem Satz", "Hilft Opfern von Straftaten"],
			languages,
		},
	},
	contact: {
		about: "Kontakte: wer in einer Organisation wofür zu sprechen ist",
		columns: {
			key: key("pd-zwickau-opferschutz"),
			organisation: ["Schlüssel der Organisation", "pd-zwickau"],
			name: ["Name der Person oder Stelle", "Erika Muster"],
			function: ["Funktion oder Amt", "Opferschutzbeauftragte"],
			topics,
			regions: responsibleFor,
			phone,
			mobile: ["Mobilnummer in beliebiger Schreibweise", "+49 171 1234567"],
			email,
			hours,
			languages,
			visibility: [
				"Wer den Kontakt sieht: public = alle, partners = Partner, organisers = nur Organisatoren; leer = partners",
				"partners",
			],
			deputy: ["Schlüssel des Kontakts, der vertritt", "pd-zwickau-leitung"],
			onCall: ["yes = auch außerhalb der Zeiten in Bereitschaft", "no"],
			verifiedOn: ["Wann die Angaben zuletzt bestätigt wurden", "03.06.2026"],
			slackUser: ["Mitglieds-ID in Slack", "U012ABCDEF"],
			matrixUser: ["Matrix-Kennung", "@erika:example.org"],
		},
	},
	service: {
		about: "Hilfsangebote, an die Menschen verwiesen werden",
		columns: {
			key: key("wr-sachsen-beratung"),
			organisation: ["Schlüssel der Organisation, die das Angebot macht", "wr-sachsen"],
			name: ["Name des Angebots", "Beratung für Opfer von Straftaten"],
			needs: ["Wobei geholfen wird, Wörter aus dem Blatt „Listen“", "legal_advice|trauma_therapy"],
			regions: responsibleFor,
			phone,
			email,
			hours,
			onCall: ["yes = auch außerhalb der Zeiten in Bereitschaft", "no"],
			capacity: ["Zahl der Plätze", "12"],
			languages,
			audience: ["Für wen, Wörter aus dem Blatt „Listen“; leer = für alle", "women|children"],
		},
	},
	agreement: {
		about: "Vereinbarungen: Kooperationsverträge, gemeinsame Erklärungen, Beitritte",
		columns: {
			key: key("kv-smi-wr"),
			title: ["Titel der Vereinbarung", "Kooperationsvereinbarung Opferschutz"],
			kind: ["Art der Vereinbarung", "cooperation_agreement"],
			parties: ["Schlüssel der Organisationen, die sie schließen", "smi|wr-sachsen"],
			signatories: [
				"Wer für welche Organisation unterschrieben hat: Name (Schlüssel)",
				"Erika Muster (smi)|Otto Beispiel (wr-sachsen)",
			],
			signedOn: ["Tag der Unterschrift", "12.03.2024"],
			signedAt: ["Ort der Unterschrift", "Dresden"],
			validFrom: ["Gültig ab", "01.04.2024"],
			validUntil: ["Gültig bis einschließlich; leer = unbefristet", "31.03.2027"],
			notice: ["Kündigungsfrist als Dauer: P6M = 6 Monate, P14D = 14 Tage", "P6M"],
			supersedes: ["Schlüssel der Vereinbarung, die sie ablöst", "kv-smi-wr-2019"],
			region: ["Schlüssel der Region, für die sie gilt", "sachsen"],
			purpose: ["Wozu sie geschlossen wurde", "Bessere Betreuung von Opfern"],
			documentUrl: ["Adresse des Dokuments", "https://www.example.org/kv.pdf"],
		},
	},
	commitment: {
		about: "Zusagen: was eine Vereinbarung verspricht",
		columns: {
			key: key("kv-smi-wr-schulung"),
			agreement: ["Schlüssel der Vereinbarung", "kv-smi-wr"],
			kind: ["Art der Zusage", "training"],
			text: ["Wortlaut der Zusage", "Zweimal im Jahr wird gemeinsam geschult."],
			cadence: ["Rhythmus als Dauer: P6M = alle 6 Monate; leer = keiner zugesagt", "P6M"],
			responsible: ["Schlüssel der zuständigen Organisationen", "smi"],
		},
	},
	event: {
		about: "Termine: Schulungen, Treffen, Konferenzen, auch als Reihe",
		columns: {
			key: key("schulung-opferschutz"),
			title: ["Titel des Termins", "Schulung Opferschutz"],
			kind: ["Art des Termins", "training"],
			start: ["Beginn als Ortszeit; bei einer Reihe der erste Termin", "19.01.2027 09:00"],
			duration: ["Dauer: PT2H = 2 Stunden, PT90M = 90 Minuten; leer = 2 Stunden", "PT2H"],
			timezone: ["Zeitzone; leer = Europe/Berlin", "Europe/Berlin"],
			rrule: ["Regel einer Reihe nach RFC 5545; hier: jeden dritten Dienstag im Monat", "FREQ=MONTHLY;BYDAY=3TU"],
			exceptions: ["Tage, an denen die Reihe ausfällt, ohne dass es jemand erfährt", "2027-02-16"],
			cancelledOn: ["Tage, die als abgesagt angezeigt werden", "2027-03-16"],
			moved: ["Verlegungen: alter Beginn > neuer Beginn", "2027-04-20T09:00>2027-04-21T10:00"],
			skipHolidays: ["Land, an dessen Feiertagen die Reihe ausfällt", "DE-SN"],
			place: ["Ort", "Polizeidirektion, Raum 12"],
			link: ["Adresse der Videokonferenz oder Einladung", "https://www.example.org/konferenz"],
			host: ["Schlüssel der einladenden Organisationen", "pd-zwickau"],
			agreement: ["Schlüssel der Vereinbarung, die der Termin erfüllt", "kv-smi-wr"],
			audience: ["Schlüssel der eingeladenen Organisationen; leer = alle", "wr-sachsen|pd-zwickau"],
			regions: ["Schlüssel der Regionen, für die der Termin ist", "zwickau"],
			channels: ["Schlüssel der Kanäle, in denen erinnert wird", "sachsen"],
			remindBefore: ["Wie lange vorher erinnert wird; leer = 14 Tage, 1 Tag und 1 Stunde", "P14D|P1D|PT1H"],
			status: ["Stand; leer = planned", "planned"],
		},
	},
	channel: {
		about: "Kanäle und Räume, in denen der Bot schreibt",
		columns: {
			key: key("sachsen"),
			platform: ["slack, matrix oder console", "slack"],
			address: ["Kanal-ID in Slack, Raum-ID oder Alias in Matrix", "C012ABCDEF"],
			name: ["Name des Kanals", "Netzwerk Sachsen"],
			language: ["Sprache des Bots: de oder en; leer = die der Installation", "de"],
			regions: ["Schlüssel der Regionen, um die es im Kanal geht", "sachsen"],
			topics,
			purpose: ["Wozu der Kanal da ist", "Absprachen der Partner in Sachsen"],
		},
	},
	decision: {
		about: "Beschlüsse: was Konferenzen beschlossen haben",
		columns: {
			key: ["Nummer im Beschlussregister; bitte nicht mehr ändern", "rk-2026-03-07"],
			event: ["Schlüssel des Termins, auf dem beschlossen wurde", "regionalkonferenz"],
			decidedOn: ["Tag des Beschlusses", "07.03.2026"],
			text: ["Wortlaut", "Der Newsletter erscheint zweimal im Jahr."],
			rationale: ["Begründung", "Viermal war zu oft."],
			responsible: ["Schlüssel der zuständigen Organisationen", "stadt-dippoldiswalde"],
			due: ["Zu erledigen bis", "31.03.2027"],
			status: ["Stand; leer = open", "open"],
			supersedes: ["Nummer des Beschlusses, den er ersetzt", "rk-2025-11-02"],
			votes: ["Stimmen ja/nein/enthalten, oder consensus", "12/1/2"],
			tags: ["Stichwörter", "Newsletter|Öffentlichkeit"],
		},
	},
	project: {
		about: "Projekte, einzeln oder gemeinsam",
		columns: {
			key: key("projekt-schulhof"),
			title: ["Titel des Projekts", "Sicherer Schulhof"],
			lead: ["Schlüssel der federführenden Organisation", "stadt-leipzig"],
			region: ["Schlüssel der Region", "leipzig"],
			partners: ["Schlüssel der beteiligten Organisationen", "pd-leipzig|wr-sachsen"],
			topics,
			status: ["Stand; leer = planned", "running"],
			startsOn: ["Beginn", "01.02.2026"],
			endsOn: ["Ende", "31.12.2027"],
			budgetEur: ["Mittel in Euro", "12000"],
			description: ["Worum es geht", "Streitschlichter an fünf Schulen"],
		},
	},
	membership: {
		about: "Teilnahmen: auf welcher Stufe eine Organisation in einem Programm steht",
		columns: {
			key: key("asskomm-zwickau"),
			organisation: ["Schlüssel der Organisation", "stadt-zwickau"],
			programme: ["Schlüssel oder Name des Programms, oder freier Text", "asskomm"],
			stage: ["Stufe", "cooperating"],
			since: ["Seit wann", "01.05.2024"],
		},
	},
	material: {
		about: "Broschüren und anderes Material",
		columns: {
			key: key("flyer-opferrechte"),
			title: ["Titel", "Rechte von Opfern"],
			publisher: ["Schlüssel der herausgebenden Organisationen", "smi"],
			topics,
			languages,
			stock: ["Wie viele Stück vorrätig sind", "250"],
			url: ["Adresse zum Herunterladen", "https://www.example.org/flyer.pdf"],
		},
	},
	programme: {
		about: "Programme, an denen Organisationen teilnehmen",
		columns: {
			key: key("asskomm"),
			name: ["Name des Programms", "ASSKomm"],
			organisation: ["Schlüssel der Organisation, die es trägt", "smi"],
			aliases: ["Andere Namen, unter denen gefragt wird", "Allianz Sichere Sächsische Kommunen"],
			description: ["Worum es geht", "Kommunale Prävention"],
			url: ["Internetadresse", "https://www.example.org/asskomm"],
		},
	},
	figure: {
		about: "Zahlen, die ein Programm über sich selbst nennt; beantwortet mit Stand und Quelle",
		columns: {
			key: key("asskomm-2026-beraten"),
			programme: ["Schlüssel oder Name des Programms", "asskomm"],
			label: [
				"Was gezählt wird: advised, cooperating, council_constituted, funding_per_year oder freier Text",
				"advised",
			],
			value: ["Die Zahl, so wie sie genannt werden soll", "87"],
			unit: ["Einheit", "Kommunen"],
			asOf: ["Stand vom", "30.06.2026"],
			source: ["Woher die Zahl ist", "Jahresbericht 2026"],
		},
	},
};

const OTHER_WORDS: Readonly<Record<string, string>> = {
	yes: "ja",
	no: "nein",
	public: "für alle sichtbar",
	partners: "für Partner sichtbar",
	organisers: "nur für Organisatoren sichtbar",
	women: "Frauen",
	men: "Männer",
	children: "Kinder",
	youth: "Jugend",
	families: "Familien",
	seniors: "Ältere",
	lgbtiq: "LSBTIQ",
	people_with_disabilities: "Menschen mit Behinderungen",
	relatives: "Angehörige",
	witnesses: "Zeuginnen und Zeugen",
	responders: "Einsatzkräfte",
	joint_event: "gemeinsame Veranstaltung",
	training: "Schulung",
	conference: "Konferenz",
	exchange_meeting: "Austauschtreffen",
	materials: "Material",
	feedback: "Rückmeldung",
	coordination: "Abstimmung",
	crisis_contact: "Kontakt im Krisenfall",
	referral: "Vermittlung",
	coaching: "Coaching",
	security_analysis: "Sicherheitsanalyse",
	funding: "Förderung",
	review: "Auswertung",
	council: "Präventionsrat",
	project: "Projekt",
	de: "Deutsch",
	en: "Englisch",
	slack: "Slack",
	matrix: "Matrix",
	console: "Terminal",
};

const LABELS: Readonly<Record<string, { de: string }>>[] = [
	ORGANISATION_KIND,
	REGION_KIND,
	EVENT_KIND,
	AGREEMENT_KIND,
	TOPIC,
	NEED,
	STAGE,
	EVENT_STATUS,
	PROJECT_STATUS,
	DECISION_STATUS,
];

/** A list's words in German, in their order. */
export function meaningsOf(words: readonly string[]): string[] {
	const labels = LABELS.find((one) => words.every((word) => Object.hasOwn(one, word)));
	return words.map((word) => labels?.[word]?.de ?? OTHER_WORDS[word] ?? "");
}
