/** Reads a message back as it was stored. */
import { z } from "zod";
import { PLATFORMS } from "../lib/platform.ts";
import { LANGUAGES } from "../lib/text.ts";
import type { Message } from "./message.ts";

const placeSchema = z.object({
	platform: z.enum(PLATFORMS),
	address: z.string(),
	thread: z.string().nullable(),
	kind: z.enum(["channel", "direct"]),
});

const values = z.record(z.string(), z.array(z.string()));

export const messageSchema: z.ZodType<Message> = z.object({
	id: z.string(),
	twin: z.string().nullable(),
	entry: z.enum(["command", "mention", "direct", "answer", "button", "choice", "form", "shortcut", "edit"]),
	place: placeSchema,
	sender: z.object({
		id: z.string(),
		name: z.string().nullable(),
		language: z.enum(LANGUAGES).nullable(),
		timezone: z.string().nullable(),
	}),
	text: z.string(),
	mentions: z.array(z.object({ name: z.string(), id: z.string() })).optional(),
	files: z
		.array(
			z.object({ name: z.string(), mediaType: z.string().nullable(), size: z.number().nullable(), ref: z.string() }),
		)
		.optional(),
	at: z.string(),
	repliesTo: z.object({ id: z.string(), text: z.string() }).nullable(),
	form: z.object({ command: z.string(), values, before: values.optional() }).nullable(),
	about: z.string().nullable(),
	trigger: z.string().nullable(),
	quiet: z.boolean(),
});
