/** What a subcommand of the command line talks to, in tests: what it printed can be read, and a house is lent to it. */
import type { Io, Lender } from "../../src/cli/io.ts";
import type { ConfigFault } from "../../src/lib/config.ts";
import type { OpenHouse } from "../../src/main.ts";
import { CONFIG } from "./chat.ts";

export function terminal(house: OpenHouse | null = null, faults: ConfigFault[] = []) {
	const printed: string[] = [];
	const complained: string[] = [];
	const io: Io = {
		out: (text) => void printed.push(text),
		err: (text) => void complained.push(text),
		drained: async () => {},
		cwd: ".",
		terminal: false,
	};
	const lender: Lender = {
		environment: { config: house?.config ?? CONFIG, faults },
		async house() {
			if (house === null) throw new Error("this subcommand needs no house");
			return house;
		},
		settle: async () => {},
	};
	return { io, lender, out: () => printed.join(""), err: () => complained.join("") };
}
