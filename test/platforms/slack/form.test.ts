import { describe, expect, test } from "vitest";
import { faultsFor, openedAt, valuesOf, viewOf } from "../../../src/platforms/slack/form.ts";
import { actionId, formButton, mayPress } from "../../../src/platforms/slack/incoming.ts";
import { triggers } from "../../../src/platforms/slack/triggers.ts";
import { validateView } from "../../support/slacksim/slacksim.mjs";
import { CARD } from "./workspace.ts";

const place = { platform: "slack", address: "C1", thread: "1.000001", kind: "channel" } as const;
const context = {
	language: "de",
	timezone: "Europe/Berlin",
	place,
	labels: new Map([["stadt-zwickau", "Stadt Zwickau"]]),
} as const;

describe("the form of a command", () => {
	test("one input for each argument, named like it", () => {
		const view = viewOf(CARD, {}, context);
		expect(validateView(view).errors).toEqual([]);
		const inputs = view.blocks.flatMap((block) => ("element" in block ? [block] : []));
		expect(inputs.map((block) => [block.block_id, block.element.type, block.optional])).toEqual([
			["text", "plain_text_input", false],
			["responsible", "multi_external_select", true],
			["region", "external_select", true],
			["due", "datepicker", true],
			["start", "datetimepicker", true],
			["kind", "static_select", true],
		]);
		expect(inputs.every((block) => "action_id" in block.element && block.element.action_id === block.block_id)).toBe(
			true,
		);
	});

	test("filled in before, records by their labels, a time in the person's zone", () => {
		const values = {
			text: ["x".repeat(5000)],
			responsible: ["stadt-zwickau", "unbekannt"],
			region: ["sn-zwickau"],
			due: ["2027-03-31"],
			start: ["2027-03-30T09:00"],
			kind: ["training"],
		};
		const view = viewOf(CARD, values, context);
		expect(validateView(view).errors).toEqual([]);
		const shown = JSON.stringify(view);
		expect(shown).toContain("Stadt Zwickau");
		expect(shown).toContain('"initial_date_time":1806390000');
		expect(shown).toContain('"initial_option":{"text":{"type":"plain_text","text":"Schulung"');
	});

	test("values that no picker takes are left out", () => {
		const view = viewOf(
			CARD,
			{ due: ["morgen"], start: ["bald"], kind: ["unknown"], region: ["r".repeat(200)] },
			context,
		);
		expect(validateView(view).errors).toEqual([]);
		expect(JSON.stringify(view)).not.toContain("initial");
	});

	test("it knows where it was opened", () => {
		const view = { id: "V1", callback_id: "", state: { values: {} } };
		const { private_metadata = "" } = viewOf(CARD, {}, context);
		expect(openedAt({ ...view, private_metadata })).toEqual({ place, timezone: "Europe/Berlin" });
		expect(openedAt({ ...view, private_metadata: "{" })).toBeNull();
	});

	test("what was left empty is no value", () => {
		const state = { values: { text: { text: { type: "plain_text_input", value: null } } } };
		expect(valuesOf({ id: "V1", callback_id: "", private_metadata: "", state }, "Europe/Berlin")).toEqual({});
	});

	test("a fault about no input stands under the first", () => {
		expect(faultsFor(CARD, { "": "Nicht erlaubt.", text: "Fehlt.", due: "Zu früh." })).toEqual({
			text: "Nicht erlaubt. Fehlt.",
			due: "Zu früh.",
		});
	});
});

test("buttons say whom they belong to, and what they fill in", () => {
	expect(mayPress(actionId(0), "U1")).toBe(true);
	expect(mayPress(actionId(0, "U1"), "U1")).toBe(true);
	expect(mayPress(actionId(0, "U1"), "U2")).toBe(false);
	expect(formButton("beschluss", "decision new", {})).toBe("beschluss");
	expect(formButton("beschluss", "decision new", { text: ["x"] })).toContain('"text":["x"]');
	expect(formButton("beschluss", "decision new", { text: ["x".repeat(3000)] })).toBe("beschluss");
});

test("a trigger opens one form, soon or never", () => {
	let now = 0;
	const all = triggers({ now: () => now, sleep: async () => {} });
	all.note("a", place, "Europe/Berlin");
	all.note("b", place, "Europe/Berlin");
	expect(all.take("a")).toMatchObject({ place });
	expect(all.take("a")).toBeNull();
	now = 2700;
	expect(all.take("b")).toBeNull();
});
