export const LANGUAGES = ["de", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Texts stand beside their use as `{ de, en }`, so that a missing translation is a compile error. */
export type Text = Record<Language, string>;
