import { type Part, text } from "../../bot/reply.ts";
import type { Language } from "../../lib/text.ts";
import type { Asker } from "../../network/access.ts";
import type { Network, RecordRef } from "../../network/records.ts";
import { labelOf } from "./label.ts";

export function card(network: Network, ref: RecordRef, language: Language, _asker: Asker, _now: Temporal.ZonedDateTime): Part[] {
	return [text(labelOf(network, ref, language))];
}
