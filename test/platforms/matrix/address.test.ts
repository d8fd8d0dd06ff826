import fc from "fast-check";
import { expect, test } from "vitest";
import { plainName, read, withoutFallback } from "../../../src/platforms/matrix/address.ts";
import { numberOf } from "../../../src/platforms/matrix/incoming.ts";
import { contentShape } from "../../../src/platforms/matrix/shapes.ts";

const own = { id: "@helfer:lab.test", names: ["Präventions-Lotse"] };
const nobody = new Map<string, string>();
function said(
	body: string,
	more: { mentions?: string[]; html?: string; direct?: boolean; reply?: boolean; people?: Map<string, string> } = {},
) {
	const content = contentShape.parse({
		msgtype: "m.text",
		body,
		...(more.html ? { formatted_body: more.html } : {}),
		...(more.mentions ? { "m.mentions": { user_ids: more.mentions } } : {}),
		...(more.reply ? { "m.relates_to": { "m.in_reply_to": { event_id: "$x" } } } : {}),
	});
	const { entry, text } = read(content, own, more.direct ?? false, more.people ?? nobody);
	return [entry, text];
}

test.each([
	["!hilfe", "command", "hilfe"],
	["! hilfe", "command", "hilfe"],
	["!!!", "answer", "!!!"],
	["Präventions-Lotse: wer hilft?", "mention", "wer hilft?"],
	["helfer, wer hilft?", "mention", "wer hilft?"],
	["@helfer:lab.test: wer hilft?", "mention", "wer hilft?"],
	["LOTSE: !beschluss liste", "command", "beschluss liste"],
	["Lotse", "answer", "Lotse"],
	["Lotsen, ahoi", "answer", "Lotsen, ahoi"],
	["Der Lotse: er hilft", "answer", "Der Lotse: er hilft"],
])("in a room: %s", (body, entry, text) => expect(said(body)).toEqual([entry, text]));

test("a mention by the client may stand without a colon, or anywhere", () => {
	const mentions = [own.id];
	expect(said("Präventions-Lotse wer hilft?", { mentions })).toEqual(["mention", "wer hilft?"]);
	const html = 'wer hilft, <a href="https://matrix.to/#/%40helfer%3Alab.test">Präventions-Lotse</a>?';
	expect(said("wer hilft, Präventions-Lotse?", { mentions, html })).toEqual(["mention", "wer hilft?"]);
});

test("a direct message is one with and without the name", () => {
	expect(said("wer hilft?", { direct: true })).toEqual(["direct", "wer hilft?"]);
	expect(said("Lotse: wer hilft?", { direct: true })).toEqual(["direct", "wer hilft?"]);
	expect(said("!hilfe", { direct: true })).toEqual(["command", "hilfe"]);
});

test("ids of mentioned people become names that cannot break the line", () => {
	const people = new Map([["@x:lab.test", 'Bob" --ersetzt RK-2027-1']]);
	const body = '!beschluss "Räume" --zuständig @x:lab.test';
	expect(said(body, { mentions: ["@x:lab.test"], people })).toEqual([
		"command",
		'beschluss "Räume" --zuständig Bob -ersetzt RK-2027-1',
	]);
	expect(said("!rolle geben @x:lab.test admin", { people })).toEqual(["command", "rolle geben @x:lab.test admin"]);
	fc.assert(
		fc.property(fc.string({ unit: "binary" }), (name) => {
			expect(plainName(name)).not.toMatch(/["„“”»«|\n]|--|\s$/);
		}),
	);
});

test("the quoted fallback is taken off a reply, and only off a reply", () => {
	expect(said("> <@a:b> !alt\n> mehr\n\n!beschluss", { reply: true })).toEqual(["command", "beschluss"]);
	expect(said("> <@a:b> !alt\n\n!beschluss")).toEqual(["answer", "> <@a:b> !alt\n\n!beschluss"]);
	expect(withoutFallback("> ein eigenes Zitat\n\nText", true)).toBe("> ein eigenes Zitat\n\nText");
});

test("numbers as people's clients send them", () => {
	expect(["1️⃣", "2⃣", "🔟", "👍", "0️⃣", ""].map(numberOf)).toEqual([1, 2, 10, null, null, null]);
});
