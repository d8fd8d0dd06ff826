/** The platforms that the environment has credentials for. Each is loaded only then. */
import type { Config } from "./lib/config.ts";
import type { OpenHouse } from "./main.ts";
import type { PlatformMaker } from "./start.ts";

export function platformsOf(config: Config, { clock, log, house }: OpenHouse): PlatformMaker[] {
	const makers: PlatformMaker[] = [];
	const { slack, matrix } = config;
	if (slack) {
		makers.push({
			name: "slack",
			async make({ bot, others }) {
				const { slackPlatform } = await import("./platforms/slack/index.ts");
				const platform = slackPlatform({
					...slack,
					port: null,
					bot,
					others,
					clock,
					log,
					timezone: config.timezone,
					commands: house.grammar.commands,
				});
				return { platform, listener: platform.listener };
			},
		});
	}
	if (matrix) {
		makers.push({
			name: "matrix",
			async make({ bot, store, lock }) {
				const { matrixPlatform } = await import("./platforms/matrix/index.ts");
				const platform = matrixPlatform({ ...matrix, bot, store, lock, clock, log });
				return { platform, listener: null };
			},
		});
	}
	return makers;
}
