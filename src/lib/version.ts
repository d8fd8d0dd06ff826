import manifest from "../../package.json" with { type: "json" };

/** Of this Lotse, as package.json says. */
export const VERSION = manifest.version;
