import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slipIndex } from "../../src/questions/slips.ts";
import { chat } from "./world.ts";

describe("slips of the pen", () => {
	test("are read as what was meant, and who mistyped sees how", () => {
		expect(chat().records("Wer ist in Sondershausen für Opferschuzt zuständig?")).toBe("answered contact:opfer-n");
		expect(chat().records("Wer isst in Sonderhausen für Opferschutz zuständig?")).toBe("answered contact:opfer-n");
		expect(chat().records("wer ist in sonderhausen für opferschutz zustnädig")).toBe("answered contact:opfer-n");
		expect(chat().text("Nummer von Jördis Bhär")).toContain("Als Tippfehler gelesen: „Bhär“");
		expect(chat().text("Nummer von Jördis Bähr")).not.toContain("Tippfehler");
	});

	test("a name that may be somebody else's is nobody's here", () => {
		expect(chat().records("Nummer von Frau Bahrt")).toBe("not_found");
		expect(chat().records("Wer ist in Weimar für Opferschutz zuständig?")).toBe("not_found");
	});
});

const letters = fc.string({ unit: fc.constantFrom(..."abcdefgrstuß"), minLength: 4, maxLength: 12 });

describe("words one slip away", () => {
	test("are found whatever the slip: a letter wrong, missing or too many, or two swapped", () => {
		fc.assert(
			fc.property(letters, fc.nat(), fc.nat(3), fc.constantFrom(..."xyz"), (raw, place, kind, letter) => {
				const word = raw.replaceAll("ß", "ss");
				const at = place % (word.length - 1);
				const [head, here, next, tail] = [word.slice(0, at), word[at] ?? "", word[at + 1] ?? "", word.slice(at + 2)];
				const typed =
					[
						head + next + tail,
						head + letter + next + tail,
						head + letter + here + next + tail,
						head + next + here + tail,
					][kind] ?? "";
				fc.pre(typed !== word && typed.length >= 3);
				expect(slipIndex(() => ["quark", word, "zzyzx"]).find(typed)).toContain(word);
			}),
		);
	});
});
