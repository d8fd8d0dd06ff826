/** The environment, read and checked in this one place. A fault names the variable and an example. */
import { z } from "zod";
import { UserError } from "./errors.ts";
import { LANGUAGES, type Language, type Text } from "./text.ts";

/** What each variable is, for `.env.example` and its test. */
export const VARIABLES = {
	DATABASE_URL: {
		example: "postgresql://lotse:geheim@db.example.org:5432/lotse",
		about: "PostgreSQL 15 or newer; empty = embedded database in LOTSE_DATA_DIR",
	},
	LOTSE_DATA_DIR: { example: "./data", about: "where the embedded database lives" },
	LOTSE_LANGUAGE: { example: "de", about: "language of the bot where nothing else says one: de or en" },
	LOTSE_TIMEZONE: { example: "Europe/Berlin", about: "IANA time zone of the network" },
	LOTSE_NETWORK: { example: "./netz", about: "network folder that an empty database is filled from at first start" },
	LOTSE_ADMINS: {
		example: "U012ABCDEF,@leitung:example.org",
		about: "Slack and Matrix ids of the first administrators",
	},
	PORT: { example: "3000", about: "HTTP: health, metrics, and Slack events where no app token is set" },
	METRICS_TOKEN: {
		example: "openssl rand -hex 24",
		about: "HTTP: who asks for /metrics shows this; empty = only this machine and private networks may",
	},
	LOG_LEVEL: { example: "info", about: "fatal, error, warn, info, debug, trace or silent" },
	SLACK_BOT_TOKEN: { example: "xoxb-…", about: "Slack: bot token" },
	SLACK_APP_TOKEN: { example: "xapp-…", about: "Slack: app token for Socket Mode; wins over the signing secret" },
	SLACK_SIGNING_SECRET: {
		example: "8f742231b10e8888abcd99yyyzzz85a5",
		about: "Slack: for HTTP events on /slack/events",
	},
	SLACK_API_URL: { example: "https://slack.com/api/", about: "Slack: another API address (GovSlack, test workspace)" },
	MATRIX_HOMESERVER_URL: { example: "https://matrix.example.org", about: "Matrix: address of the homeserver" },
	MATRIX_ACCESS_TOKEN: { example: "syt_…", about: "Matrix: access token; wins over user and password" },
	MATRIX_USER: { example: "@lotse:example.org", about: "Matrix: user, with MATRIX_PASSWORD" },
	MATRIX_PASSWORD: { example: "geheim", about: "Matrix: password" },
	MATRIX_ENCRYPTION: { example: "on", about: "Matrix: on or off" },
	MATRIX_STORE_KEY: {
		example: "openssl rand -base64 32",
		about: "Matrix: 32 bytes in base64; encrypts the keys of encrypted rooms in the database",
	},
} as const;

export type Variable = keyof typeof VARIABLES;

/** Empty counts as not set. */
const optional = z
	.string()
	.trim()
	.transform((value) => (value === "" ? undefined : value))
	.optional();

const url = (protocols: string[]) =>
	optional.refine(
		(value) => value === undefined || (URL.canParse(value) && protocols.includes(new URL(value).protocol)),
	);

const isZone = (zone: string) => {
	try {
		Temporal.Now.zonedDateTimeISO(zone);
		return true;
	} catch {
		return false;
	}
};

const schema = z.object({
	DATABASE_URL: url(["postgres:", "postgresql:"]),
	LOTSE_DATA_DIR: optional.default("./data").transform((value) => value ?? "./data"),
	LOTSE_LANGUAGE: optional.transform((value) => value ?? "de").pipe(z.enum(LANGUAGES)),
	LOTSE_TIMEZONE: optional.transform((value) => value ?? "Europe/Berlin").refine(isZone),
	LOTSE_NETWORK: optional,
	LOTSE_ADMINS: optional.transform((value) =>
		(value ?? "")
			.split(",")
			.map((id) => id.trim())
			.filter((id) => id !== ""),
	),
	PORT: optional.transform((value) => Number(value ?? 3000)).pipe(z.number().int().min(0).max(65535)),
	METRICS_TOKEN: optional.refine((value) => value === undefined || value.length >= 16),
	LOG_LEVEL: optional.pipe(z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).optional()),
	SLACK_BOT_TOKEN: optional,
	SLACK_APP_TOKEN: optional,
	SLACK_SIGNING_SECRET: optional,
	SLACK_API_URL: url(["http:", "https:"]),
	MATRIX_HOMESERVER_URL: url(["http:", "https:"]),
	MATRIX_ACCESS_TOKEN: optional,
	MATRIX_USER: optional,
	MATRIX_PASSWORD: optional,
	MATRIX_ENCRYPTION: optional.transform((value) => value ?? "on").pipe(z.enum(["on", "off"])),
	MATRIX_STORE_KEY: optional.refine((value) => value === undefined || /^[A-Za-z0-9+/]{43}=?$/u.test(value)),
});

export interface SlackConfig {
	botToken: string;
	appToken: string | null;
	signingSecret: string | null;
	apiUrl: string | null;
}

export interface MatrixConfig {
	homeserverUrl: string;
	accessToken: string | null;
	user: string | null;
	password: string | null;
	encryption: "on" | "off";
	/** 32 bytes in base64; null = encrypted rooms are not served. */
	storeKey: string | null;
}

export interface Config {
	databaseUrl: string | null;
	dataDir: string;
	language: (typeof LANGUAGES)[number];
	timezone: string;
	network: string | null;
	admins: string[];
	port: number;
	/** What a scraper of /metrics has to show; null = private networks may. */
	metricsToken: string | null;
	/** null = not set */
	logLevel: string | null;
	slack: SlackConfig | null;
	matrix: MatrixConfig | null;
}

/** A variable that cannot be read. Its value is never named: it may be a secret. */
export interface ConfigFault {
	variable: Variable;
	/** What is wrong, with an example. */
	text: Text;
}

const fault = (variable: Variable, german: string, english: string): ConfigFault => {
	const { example } = VARIABLES[variable];
	return {
		variable,
		text: {
			de: `${variable} ${german} Beispiel: ${variable}=${example}`,
			en: `${variable} ${english} Example: ${variable}=${example}`,
		},
	};
};

const isVariable = (name: string): name is Variable => name in VARIABLES;

/** The environment as far as it can be read: faulty variables count as not set, and each is named. */
export function checkConfig(env: Record<string, string | undefined>): { config: Config; faults: ConfigFault[] } {
	const unreadable = (schema.safeParse(env).error?.issues ?? []).map(({ path }) => String(path[0])).filter(isVariable);
	const faults = [...new Set(unreadable)].map((name) => fault(name, "ist nicht lesbar.", "cannot be read."));
	const bad = new Set<string>(unreadable);
	const values = schema.parse(Object.fromEntries(Object.entries(env).filter(([name]) => !bad.has(name))));
	// What is missing beside an unreadable value may be that very value.
	const told = (found: ConfigFault) => {
		if (!bad.has(found.variable)) faults.push(found);
		return null;
	};
	return {
		config: {
			databaseUrl: values.DATABASE_URL ?? null,
			dataDir: values.LOTSE_DATA_DIR,
			language: values.LOTSE_LANGUAGE,
			timezone: values.LOTSE_TIMEZONE,
			network: values.LOTSE_NETWORK ?? null,
			admins: values.LOTSE_ADMINS,
			port: values.PORT,
			metricsToken: values.METRICS_TOKEN ?? null,
			logLevel: values.LOG_LEVEL ?? null,
			// A token meant for another address must not go to Slack's own.
			slack: bad.has("SLACK_API_URL") ? null : readSlack(values, told),
			matrix: readMatrix(values, told),
		},
		faults,
	};
}

/** @throws UserError naming every faulty variable with an example; never a value, which may be a secret. */
export function readConfig(env: Record<string, string | undefined>): Config {
	const { config, faults } = checkConfig(env);
	if (faults.length === 0) return config;
	const lines = (language: Language) => faults.map(({ text }) => text[language]).join("\n");
	throw new UserError({ de: lines("de"), en: lines("en") });
}

type Values = z.infer<typeof schema>;
type Told = (fault: ConfigFault) => null;

function readSlack(values: Values, told: Told): SlackConfig | null {
	const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = values;
	if (!botToken && !appToken && !signingSecret) return null;
	if (!botToken) return told(fault("SLACK_BOT_TOKEN", "fehlt.", "is missing."));
	if (!appToken && !signingSecret)
		return told(
			fault("SLACK_APP_TOKEN", "fehlt (oder SLACK_SIGNING_SECRET).", "is missing (or SLACK_SIGNING_SECRET)."),
		);
	return {
		botToken,
		appToken: appToken ?? null,
		signingSecret: signingSecret ?? null,
		apiUrl: values.SLACK_API_URL ?? null,
	};
}

function readMatrix(values: Values, told: Told): MatrixConfig | null {
	const {
		MATRIX_HOMESERVER_URL: homeserverUrl,
		MATRIX_ACCESS_TOKEN: accessToken,
		MATRIX_USER: user,
		MATRIX_PASSWORD: password,
	} = values;
	if (!homeserverUrl && !accessToken && !user && !password) return null;
	if (!homeserverUrl) return told(fault("MATRIX_HOMESERVER_URL", "fehlt.", "is missing."));
	if (!accessToken && !user)
		return told(
			fault(
				"MATRIX_ACCESS_TOKEN",
				"fehlt (oder MATRIX_USER und MATRIX_PASSWORD).",
				"is missing (or MATRIX_USER and MATRIX_PASSWORD).",
			),
		);
	if (!accessToken && !password) return told(fault("MATRIX_PASSWORD", "fehlt.", "is missing."));
	return {
		homeserverUrl,
		accessToken: accessToken ?? null,
		user: user ?? null,
		password: password ?? null,
		encryption: values.MATRIX_ENCRYPTION,
		storeKey: values.MATRIX_STORE_KEY ?? null,
	};
}
