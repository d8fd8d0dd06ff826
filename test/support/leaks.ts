/** After each test file: what it opened is closed, and what it forgot to close fails it. */
import { afterAll } from "vitest";

export const atEnd: (() => Promise<void>)[] = [];

afterAll(async () => {
	for (const end of atEnd.splice(0)) await end();
});
