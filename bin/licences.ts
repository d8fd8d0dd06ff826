/** Under which licences the packages that run with Lotse may stand, by SPDX name. Lotse itself is Apache-2.0. */

export const ALLOWED: readonly string[] = [
	"0BSD",
	"Apache-2.0",
	"BSD-2-Clause",
	"BSD-3-Clause",
	"BlueOak-1.0.0",
	"CC-BY-3.0",
	"CC0-1.0",
	"ISC",
	"MIT",
	"PSF-2.0",
	"Unlicense",
];

/** Packages whose package.json names no licence; their LICENSE file does. */
export const BY_FILE: Readonly<Record<string, { licence: string; begins: string }>> = {
	suncalc: {
		licence: "BSD-2-Clause",
		begins: "Redistribution and use in source and binary forms, with or without modification",
	},
};

/**
 * Copyleft packages, each with why it may be here. `opening_hours` is used as it is published, through its own interface, and can be
 * replaced in node_modules, which is what the LGPL asks for.
 */
export const REASONED: Readonly<Record<string, string>> = { opening_hours: "LGPL-3.0-only" };

/** `(MIT OR CC0-1.0)`: of an AND all have to be allowed, of an OR one. */
export function isAllowed(expression: string): boolean {
	const bare = expression.replace(/^\((.*)\)$/u, "$1");
	if (/ OR /u.test(bare)) return bare.split(" OR ").some(isAllowed);
	if (/ AND /iu.test(bare)) return bare.split(/ AND /iu).every(isAllowed);
	return ALLOWED.includes(bare);
}
