/** What a question was understood to ask: plain data, shown by "why?" and carried over by follow-ups. */
import { z } from "zod";
import {
	AGREEMENT_KINDS,
	AUDIENCES,
	COMMITMENT_KINDS,
	EVENT_KINDS,
	NEEDS,
	ORGANISATION_KINDS,
	STAGES,
	TOPICS,
} from "../network/enums.ts";
import { RECORD_TYPES } from "../network/records.ts";

export const INTENTS = [
	"contact",
	"organisation",
	"service",
	"agreement",
	"commitment",
	"event",
	"decision",
	"project",
	"programme",
	"material",
	"statistic",
	"help",
] as const;
export type Intent = (typeof INTENTS)[number];

const refSchema = z.object({ type: z.enum(RECORD_TYPES), key: z.string() });

/** Organisations named together: one name may fit several. */
const partySchema = z.object({
	keys: z.array(z.string()),
	/** The whole name was said; else a part that these share. */
	full: z.boolean(),
	/** The words for it, so that a follow-up can put another place beside them. */
	terms: z.array(z.string()),
});
export type Party = z.infer<typeof partySchema>;

export const querySchema = z.object({
	intent: z.enum(INTENTS),
	/** What is counted by a statistic. */
	counted: z.enum(INTENTS).nullable(),
	/** Readings of the one place named: several = it must be asked which. */
	regions: z.array(z.string()),
	parties: z.array(partySchema),
	organisationKinds: z.array(z.enum(ORGANISATION_KINDS)),
	/** Records meant by their title or number. */
	named: z.array(refSchema),
	/** The whole title was said. */
	titled: z.boolean(),
	/** Contacts who bear a name that was said; null = no name was said. */
	people: z.array(z.string()).nullable(),
	topics: z.array(z.enum(TOPICS)),
	needs: z.array(z.enum(NEEDS)),
	languages: z.array(z.string()),
	audiences: z.array(z.enum(AUDIENCES)),
	agreementKinds: z.array(z.enum(AGREEMENT_KINDS)),
	commitmentKinds: z.array(z.enum(COMMITMENT_KINDS)),
	eventKinds: z.array(z.enum(EVENT_KINDS)),
	stages: z.array(z.enum(STAGES)),
	programme: z.string().nullable(),
	/** Concepts of the vocabulary's sections `mark` and `ask`. */
	marks: z.array(z.string()),
	asks: z.array(z.string()),
	field: z.string().nullable(),
	span: z.object({ from: z.string().nullable(), to: z.string().nullable() }).nullable(),
	/** "the next three". */
	count: z.number().nullable(),
	/** Which of an event's coming dates: 0 = the next, 1 = the one after that. */
	step: z.number(),
	/** Words to be found in what contacts do. */
	functions: z.array(z.string()),
	/** Words to be found in texts. */
	subject: z.array(z.string()),
	/** What nobody here knows, as typed. */
	unknown: z.array(z.string()),
	/** A number of a decision that looks like one but is none. */
	number: z.string().nullable(),
});
export type Query = z.infer<typeof querySchema>;

export const emptyQuery = (intent: Intent): Query => ({
	intent,
	counted: null,
	regions: [],
	parties: [],
	organisationKinds: [],
	named: [],
	titled: false,
	people: null,
	topics: [],
	needs: [],
	languages: [],
	audiences: [],
	agreementKinds: [],
	commitmentKinds: [],
	eventKinds: [],
	stages: [],
	programme: null,
	marks: [],
	asks: [],
	field: null,
	span: null,
	count: null,
	step: 0,
	functions: [],
	subject: [],
	unknown: [],
	number: null,
});

/** What a conversation remembers of its last question. */
export const topicSchema = z.object({
	query: querySchema,
	status: z.enum(["answered", "choose", "not_found", "not_allowed", "out_of_scope"]),
	records: z.array(refSchema),
});
export type Topic = z.infer<typeof topicSchema>;
