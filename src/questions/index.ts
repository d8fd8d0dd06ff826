/** What the rest of the house uses of this room. */
export { type Answer, answer, find, type Question } from "./answer.ts";
export { buildLexicon, type Lexicon } from "./lexicon.ts";
export { type Topic, topicSchema } from "./query.ts";
export { resolve, suggest } from "./resolve.ts";
