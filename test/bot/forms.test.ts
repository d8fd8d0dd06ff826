import { expect, test } from "vitest";
import { decisionNew } from "../../commands/decision-new.ts";
import { eventNew } from "../../commands/event-new.ts";
import type { Command } from "../../src/bot/command.ts";
import { formOf } from "../../src/bot/forms.ts";

const inputs = (command: Command) =>
	Object.fromEntries(
		(formOf(command)?.fields ?? []).map(({ name, input }) => [
			name,
			input.kind === "record" ? `${input.type}${input.several ? "s" : ""}` : input.kind,
		]),
	);

test("the form of a decision: a date picker, organisations to pick, the rest in people's own words", () => {
	expect(inputs(decisionNew)).toEqual({
		text: "text",
		responsible: "organisations",
		due: "date",
		rationale: "text",
		event: "text",
		votes: "text",
		tag: "text",
		supersedes: "text",
	});
});

test("the form of an event", () => {
	expect(inputs(eventNew)).toEqual({
		title: "text",
		start: "datetime",
		kind: "select",
		duration: "text",
		rule: "text",
		except: "text",
		holidays: "text",
		place: "text",
		link: "text",
		host: "text",
		agreement: "text",
		region: "region",
		channel: "text",
		remind: "text",
	});
});
