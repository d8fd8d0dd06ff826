import type { Text } from "./text.ts";

/**
 * What a person did wrong or what stands in their way, in their language, with what to do about it.
 * Everything else that is thrown is a fault of ours: logged with a reference, and the person sees the reference.
 */
export class UserError extends Error {
	readonly text: Text;

	constructor(text: Text) {
		super(text.en);
		this.name = "UserError";
		this.text = text;
	}
}
