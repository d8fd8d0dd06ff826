// Which room may use which, and which package belongs to which room. `npm test` fails where a line here is crossed.

const only = (name, comment, room, allowed) => ({
	name,
	comment,
	severity: "error",
	from: { path: `^${room}/` },
	to: { path: "^(src|commands|test|bench|bin)/", pathNot: allowed.map((path) => `^${path}`) },
});

const owned = (name, packages, rooms) => ({
	name,
	comment: `Only ${rooms.join(", ")} may import ${packages.join(", ")}: another room gets it handed in.`,
	severity: "error",
	from: { path: "^(src|commands)/", pathNot: rooms.map((path) => `^${path}`) },
	to: { path: packages.map((each) => `(^|/)node_modules/${each}(/|$)`) },
});

/** All that a platform sees of the bot. */
const SEAM = ["src/bot/message\\.ts$", "src/bot/reply\\.ts$", "src/bot/platform\\.ts$"];

export default {
	forbidden: [
		only("lib-is-a-leaf", "lib knows nobody.", "src/lib", ["src/lib/"]),
		only("database-knows-lib", "database may use lib only.", "src/database", ["src/lib/", "src/database/"]),
		only("network-knows-database", "network may use lib and database.", "src/network", [
			"src/lib/",
			"src/database/",
			"src/network/",
		]),
		only("bot-knows-network", "bot may use lib, database and network, and no platform.", "src/bot", [
			"src/lib/",
			"src/database/",
			"src/network/",
			"src/bot/",
		]),
		only(
			"questions-know-network",
			"questions may use lib, database, network and the parts of a reply.",
			"src/questions",
			["src/lib/", "src/database/", "src/network/", "src/questions/", "src/bot/reply\\.ts$"],
		),
		only(
			"reminders-know-network",
			"reminders may use lib, database, network, the parts of a reply, and of the bot what it owes and sends.",
			"src/reminders",
			[
				"src/lib/",
				"src/database/",
				"src/network/",
				"src/reminders/",
				"src/bot/reply\\.ts$",
				"src/bot/(ledger|send)\\.ts$",
			],
		),
		only(
			"doctor-looks-only",
			"doctor may use lib, database, network, of the bot what a command is and what is owed, and Slack's manifest.",
			"src/doctor",
			[
				"src/lib/",
				"src/database/",
				"src/network/",
				"src/doctor/",
				"src/bot/(command|ledger|outside)\\.ts$",
				"src/platforms/slack/manifest\\.ts$",
			],
		),
		only("exchange-knows-network", "exchange may use lib, database and network.", "src/exchange", [
			"src/lib/",
			"src/database/",
			"src/network/",
			"src/exchange/",
		]),
		only(
			"slack-knows-the-seam",
			"A platform sees lib and the seam of the bot: no business, no database.",
			"src/platforms/slack",
			["src/lib/", "src/platforms/slack/", ...SEAM],
		),
		only(
			"matrix-knows-the-seam",
			"A platform sees lib and the seam of the bot: no business, no database.",
			"src/platforms/matrix",
			["src/lib/", "src/platforms/matrix/", ...SEAM],
		),
		only(
			"console-knows-the-seam",
			"A platform sees lib and the seam of the bot: no business, no database.",
			"src/platforms/console",
			["src/lib/", "src/platforms/console/", ...SEAM],
		),
		only(
			"commands-know-no-platform",
			"A command may use every room but the platforms and the command line.",
			"commands",
			["commands/", "src/(lib|database|network|bot|questions|reminders|exchange)/"],
		),
		owned("slack-packages", ["@slack/[^/]+"], ["src/platforms/slack/"]),
		owned("matrix-packages", ["matrix-bot-sdk", "@matrix-org/[^/]+"], ["src/platforms/matrix/"]),
		owned(
			"database-packages",
			["@prisma/[^/]+", "@electric-sql/[^/]+", "pg", "pglite-prisma-adapter"],
			["src/database/"],
		),
		owned("queue", ["pg-boss"], ["src/bot/queue\\.ts$"]),
		owned("http-packages", ["hono", "@hono/[^/]+"], ["src/[^/]+\\.ts$"]),
		owned("metrics", ["prom-client"], ["src/metrics\\.ts$"]),
		owned("bell", ["node-cron"], ["src/[^/]+\\.ts$"]),
		{
			name: "pure-rooms",
			comment: "What the bot knows and decides reads no files and opens no connections: that is handed in.",
			severity: "error",
			from: { path: "^(commands|src/(bot|network|questions|reminders))/" },
			to: { dependencyTypes: ["core"], pathNot: "^(node:)?(crypto|util|timers/promises)$" },
		},
		{
			name: "generated-client",
			comment:
				"The generated client belongs to the database; other rooms take `Db` and `Tx` from src/database/client.ts.",
			severity: "error",
			from: { path: "^(src|commands)/", pathNot: "^src/database/" },
			to: { path: "^src/database/generated/" },
		},
		{
			name: "sqlite-is-a-lock",
			comment: "SQLite holds the lock of the data folder; records live in PostgreSQL.",
			severity: "error",
			from: { pathNot: "^(src/database|test)/" },
			to: { dependencyTypes: ["core"], path: "^(node:)?sqlite$" },
		},
		{
			name: "no-cycles",
			comment: "Files that need each other at run time are one file, or miss a third. Types alone may point both ways.",
			severity: "error",
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
		},
		{
			name: "listed-packages",
			comment: "What runs comes from `dependencies` of package.json.",
			severity: "error",
			from: { path: "^(src|commands)/" },
			to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
		},
		{
			name: "resolvable",
			comment: "An import that leads nowhere.",
			severity: "error",
			from: {},
			to: { couldNotResolve: true },
		},
	],
	options: {
		tsConfig: { fileName: "tsconfig.json" },
		// Types count: a platform that knows the shape of a table knows the table.
		tsPreCompilationDeps: true,
		doNotFollow: { path: ["node_modules", "src/database/generated"] },
		enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
	},
};
