/** Where people talk to the bot. */
export const PLATFORMS = ["slack", "matrix", "console"] as const;
export type PlatformName = (typeof PLATFORMS)[number];
