/** In-process start of the simulated workspace; see README.md. */
export interface Run {
	/** With a slash at its end. */
	slackApiUrl: string;
	controlUrl: string;
	/** The simulator itself, where the control API has no route. */
	sim: { sockets: Map<string, { ws: { terminate(): void } }> };
	close(): Promise<void>;
}
export function start(options?: { port?: number; controlPort?: number; host?: string; config?: object }): Promise<Run>;
/** Slack's own messages for what is wrong with these blocks. */
export function validateBlocks(
	blocks: unknown,
	surface: "message" | "modal" | "home",
): { errors: string[]; unchecked: string[] };
export function validateView(
	view: unknown,
	allowed?: readonly ("modal" | "home")[],
): { errors: string[]; unchecked: string[] };
/** Characters that should have been escaped. */
export function lintText(text: string): { char: string; at: number; near: string }[];
