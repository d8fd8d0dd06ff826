import type { Part } from "../bot/reply.ts";
import { text } from "../bot/reply.ts";
import type { Language } from "../lib/text.ts";
import type { Found, Search } from "./find/found.ts";
import type { Intent } from "./query.ts";
import type { Reading } from "./reading.ts";
export interface Telling extends Search { reading: Reading; found: Found; language: Language; intent: Intent; question: string }
export function partsOf(telling: Telling): Part[] { return [text(telling.found.records.map(r=>r.key).join(", "))]; }
