// Slack's text rules: what comes in is unwrapped, what goes out is escaped and cut. Pure.

/** Escapes exactly what Slack asks for, so that `<!here>` or `<@U…>` inside data stays text. */
export function escapeText(text: string): string {
	return text.replace(/[&<>]/g, (char) => (char === "&" ? "&amp;" : char === "<" ? "&lt;" : "&gt;"));
}

function unescapeText(text: string): string {
	return text.replace(/&(amp|lt|gt);/g, (_, name) => (name === "amp" ? "&" : name === "lt" ? "<" : ">"));
}

/**
 * Data as it may be shown: half surrogates would make the SDK's form encoder throw, control characters are refused or
 * invisible, and bidirectional overrides could make a line read differently from what is stored.
 */
export function showable(text: string): string {
	return text
		.toWellFormed()
		.replace(/\r\n?/g, "\n")
		.replace(/(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, "");
}

/** Cuts to `max` UTF-16 units (never more than Slack's code points) without halving a character. */
export function cut(text: string, max: number): string {
	return text.length <= max ? text : `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** Pieces of at most `max` units, broken at a line's end or a space where there is one in the last third. */
export function pieces(text: string, max: number): string[] {
	const found: string[] = [];
	let rest = text;
	while (rest.length > max) {
		const head = rest.slice(0, max);
		const breakAt = Math.max(head.lastIndexOf("\n"), head.lastIndexOf(" ")) + 1;
		const end = breakAt > (max * 2) / 3 ? breakAt : head.replace(/[\ud800-\udbff]$/, "").length;
		found.push(rest.slice(0, end));
		rest = rest.slice(end);
	}
	return rest === "" ? found : [...found, rest];
}

/** User ids that a text from Slack mentions. */
export function mentioned(text: string): string[] {
	return [...new Set([...text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g)].flatMap((match) => match[1] ?? []))];
}

export const mentions = (text: string, userId: string) => mentioned(text).includes(userId);

/** A text from Slack as its writer saw it: names for ids, bare addresses for links, without the mention of `self`. */
export function readable(text: string, names: ReadonlyMap<string, string>, self: string | null): string {
	const own = self === null ? "(?!)" : `<@${self}(?:\\|[^>]*)?>`;
	return text
		.replace(new RegExp(`^\\s*${own}\\s*[:,]?\\s*`), "")
		.replace(new RegExp(`[ \\t]?${own}[:,]?`, "g"), "")
		.split(/(<[^<>]*>)/)
		.map((part) => (/^<[^<>]*>$/.test(part) ? unwrap(part.slice(1, -1), names) : unescapeText(part)))
		.join("")
		.trim();
}

function unwrap(token: string, names: ReadonlyMap<string, string>): string {
	const bar = token.indexOf("|");
	const target = bar < 0 ? token : token.slice(0, bar);
	const label = bar < 0 ? "" : unescapeText(token.slice(bar + 1));
	const id = target.slice(1);
	switch (target[0]) {
		case "@":
			return `@${names.get(id) ?? (label || id)}`;
		case "#":
			return `#${label || id}`;
		case "!":
			return target.startsWith("!date^") ? label : label || `@${id.replace(/\^.*$/, "")}`;
		default: {
			const url = unescapeText(target);
			const bare = url.replace(/^(mailto:|tel:|https?:\/\/)/, "");
			if (label === "") return url.replace(/^(mailto:|tel:)/, "");
			// Slack wraps an address that somebody typed; a link somebody made has other words than its address.
			return [url, bare, bare.replace(/\/$/, "")].includes(label) ? label : `${label} (${url})`;
		}
	}
}

/** A Slack `ts` as an ISO instant. */
export function instantOf(ts: string): string {
	return Temporal.Instant.fromEpochMilliseconds(Math.floor(Number(ts) * 1000)).toString();
}
