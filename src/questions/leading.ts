/** Words that say what the next one is. */

/** After these a place is named. */
export const PLACE_WORDS: ReadonlySet<string> = new Set([
	"in",
	"im",
	"aus",
	"nach",
	"bei",
	"near",
	"around",
	"from",
	"at",
	"landkreis",
	"stadt",
	"kreis",
	"lk",
	"gemeinde",
]);

/** After these a person is. */
export const TITLES: ReadonlySet<string> = new Set([
	"frau",
	"herr",
	"herrn",
	"mr",
	"mrs",
	"ms",
	"dr",
	"prof",
	"kollege",
	"kollegin",
]);
