import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Outgoing } from "../../../src/bot/platform.ts";
import { actions, heading, list, note, type Part, reply, text } from "../../../src/bot/reply.ts";
import { compose } from "../../../src/platforms/matrix/compose.ts";
import { clean, render } from "../../../src/platforms/matrix/render.ts";
import { split } from "../../../src/platforms/matrix/split.ts";

const owed = (parts: Part[], more: Partial<Outgoing> = {}): Outgoing => ({
	key: "a-1",
	address: "!raum:lab.test",
	thread: null,
	recipient: null,
	repliesTo: null,
	edits: null,
	language: "de",
	reply: reply(...parts),
	uncertain: false,
	...more,
});

describe("what a person sees", () => {
	test("a contact card", () => {
		const card: Part[] = [
			heading("Kriminalprävention Zwickau"),
			{
				kind: "fields",
				fields: [
					{ label: "Telefon", value: { text: "+49 375 428 0", link: "tel:+493754280" } },
					{
						label: "Vereinbarung",
						value: [
							{ text: "Dokument", link: "https://example.org/v?a=1&b=2" },
							" vom ",
							{ text: "1. März", strong: true },
						],
					},
				],
			},
			list(["Opferschutz", "Gewalt <im> sozialen Nahraum"]),
			note("Stand: 3. Mai 2027"),
		];
		expect(render(card)).toMatchInlineSnapshot(`
			{
			  "body": "Kriminalprävention Zwickau
			Telefon: +49 375 428 0
			Vereinbarung: Dokument (https://example.org/v?a=1&b=2) vom 1. März
			• Opferschutz
			• Gewalt <im> sozialen Nahraum
			Stand: 3. Mai 2027",
			  "html": "<h4>Kriminalprävention Zwickau</h4><p><strong>Telefon:</strong> <a href="tel:+493754280">+49 375 428 0</a><br><strong>Vereinbarung:</strong> <a href="https://example.org/v?a=1&amp;b=2">Dokument</a> vom <strong>1. März</strong></p><ul><li>Opferschutz</li><li>Gewalt &lt;im&gt; sozialen Nahraum</li></ul><p><em>Stand: 3. Mai 2027</em></p>",
			}
		`);
	});

	test("a table, and numbered actions at the end wherever they stood", () => {
		const parts: Part[] = [
			actions({ label: "Ändern", line: "beschluss ändern RK-1" }),
			{ kind: "table", columns: ["Nr.", "Text"], rows: [["RK-2027-001", "Räume & Zeiten"]] },
			actions({ label: "Zurück", line: "beschluss zurück RK-1" }),
		];
		expect(render(parts)).toMatchInlineSnapshot(`
			{
			  "body": "Nr. | Text
			RK-2027-001 | Räume & Zeiten
			[1] Ändern
			[2] Zurück",
			  "html": "<table><thead><tr><th>Nr.</th><th>Text</th></tr></thead><tbody><tr><td>RK-2027-001</td><td>Räume &amp; Zeiten</td></tr></tbody></table><p>1️⃣ Ändern<br>2️⃣ Zurück</p>",
			}
		`);
	});

	test("data calls nobody and hides nothing", () => {
		expect(clean("@room bitte an praesidium@room.example, \u202Egnp.exe\u0007")).toBe(
			"@\u2060room bitte an praesidium@room.example, gnp.exe",
		);
		const trick = text([
			{ text: "Alice", link: "https://matrix.to/#/@alice:lab.test" },
			{ text: "hier", link: "javascript:alert(1)" },
		]);
		expect(render([trick]).html).toBe("<p>Alicehier</p>");
	});
});

describe("events", () => {
	test("an answer in a thread, as a reply, and an edit", () => {
		expect(compose(owed([text("Ja")], { thread: "$wurzel", repliesTo: "$frage" })).texts[0]).toMatchInlineSnapshot(`
			{
			  "body": "Ja",
			  "format": "org.matrix.custom.html",
			  "formatted_body": "<p>Ja</p>",
			  "m.mentions": {},
			  "m.relates_to": {
			    "event_id": "$wurzel",
			    "is_falling_back": true,
			    "m.in_reply_to": {
			      "event_id": "$frage",
			    },
			    "rel_type": "m.thread",
			  },
			  "msgtype": "m.notice",
			}
		`);
		expect(compose(owed([text("Ja")], { repliesTo: "$frage" })).texts[0]).toMatchObject({
			"m.relates_to": { "m.in_reply_to": { event_id: "$frage" } },
		});
		expect(compose(owed([text("Nein")], { edits: "$alt" })).texts[0]).toMatchInlineSnapshot(`
			{
			  "body": "* Nein",
			  "m.mentions": {},
			  "m.new_content": {
			    "body": "Nein",
			    "format": "org.matrix.custom.html",
			    "formatted_body": "<p>Nein</p>",
			    "m.mentions": {},
			    "msgtype": "m.notice",
			  },
			  "m.relates_to": {
			    "event_id": "$alt",
			    "rel_type": "m.replace",
			  },
			  "msgtype": "m.notice",
			}
		`);
	});

	test("command lines of actions travel with the message", () => {
		const { texts, actions: count } = compose(
			owed([text("?"), actions({ label: "Ja", line: "ja", only: "@a:b" }, { label: "Nein", line: "nein" })]),
		);
		expect([texts[0]?.["app.lotse.actions"], count]).toEqual([[{ line: "ja", only: "@a:b" }, { line: "nein" }], 2]);
	});

	test("a long list becomes several messages, a very long one a message and a file", () => {
		const rows = (count: number) =>
			list(Array.from({ length: count }, (_, index) => `Zeile ${index} ${"ä".repeat(200)}`));
		const several = compose(owed([heading("Liste"), rows(150), actions({ label: "Mehr", line: "mehr" })]));
		expect([several.texts.length > 1, several.files.length, several.actions]).toEqual([true, 0, 1]);
		const many = compose(owed([rows(5000)]));
		expect([many.texts.length, many.files[0]?.name]).toEqual([1, "lotse.txt"]);
		expect(many.texts[0]?.body).toContain("Sie steht ganz in der Datei");
	});

	test("nothing is lost and nothing too large, whatever is said", () => {
		const words = fc.oneof(
			fc.string({ unit: "binary", maxLength: 60 }),
			fc.string({ maxLength: 40 }).map((each) => each.repeat(400)),
			fc.constantFrom("<b>", "@room", "👩‍👩‍👧", "\u202E", "x".repeat(50_000)),
		);
		const part: fc.Arbitrary<Part> = fc.oneof(
			words.map((line) => text(line)),
			fc.array(words, { maxLength: 30 }).map((items) => list(items)),
			fc
				.array(fc.tuple(words, words), { maxLength: 5 })
				.map((rows): Part => ({ kind: "table", columns: ["A", "B"], rows })),
		);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
				for (const message of split(parts)) {
					const { html } = render(message);
					expect(html.replace(/<\/?(?:p|br|ul|ol|li|table|thead|tbody|tr|th|td|h4|strong|em)>/g, "")).not.toMatch(
						/[<>]/,
					);
				}
				for (const content of compose(owed(parts, { edits: "$a" })).texts) {
					expect(Buffer.byteLength(JSON.stringify(content))).toBeLessThan(60_000);
					expect(JSON.stringify(content)).not.toMatch(/\\ud[89ab]/i);
				}
			}),
			{ numRuns: 60 },
		);
	});
});
