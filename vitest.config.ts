import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		// A database in each worker takes 300 MB; the slowest machines that this runs on have two cores.
		maxWorkers: 2,
		testTimeout: 20_000,
		hookTimeout: 30_000,
		globalSetup: ["test/support/cluster.ts"],
		setupFiles: ["test/support/leaks.ts"],
		coverage: {
			provider: "v8",
			include: ["src/**/*.ts", "commands/**/*.ts"],
			exclude: ["src/database/generated/**"],
			reporter: ["text-summary", "lcovonly"],
			reportOnFailure: true,
		},
		projects: [
			{
				extends: true,
				test: { name: "everyday", include: ["test/**/*.test.ts"], exclude: ["test/**/*.server.test.ts"] },
			},
			// These need a PostgreSQL server (TEST_DATABASE_URL) or Synapse, so only the full check runs them: after the others and one by one,
			// because they look at pauses and deadlines.
			{
				extends: true,
				test: {
					name: "server",
					include: ["test/**/*.server.test.ts"],
					testTimeout: 60_000,
					fileParallelism: false,
					sequence: { groupOrder: 1 },
				},
			},
		],
	},
});
