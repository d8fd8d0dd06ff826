/** Figures that programmes report about themselves, by words in any order: programme, what is counted, year, source. */
import { FIGURE_LABEL } from "../network/labels.ts";
import type { Figure, Network } from "../network/records.ts";
import { root, words } from "./fold.ts";

/** Words that ask for figures without saying which. */
const SMALL = new Set(
	words("alle die der das von vom zu zum für im in kennzahl kennzahlen zahl zahlen all the of for on figure figures"),
);

function told(network: Network, figure: Figure): string[] {
	const programme = network.programme.get(figure.programme);
	const label = FIGURE_LABEL.get(figure.label);
	return words(
		[
			figure.key,
			figure.programme,
			programme?.name,
			...(programme?.aliases ?? []),
			figure.label.replaceAll("_", " "),
			label?.de,
			label?.en,
			figure.unit,
			figure.asOf,
			figure.asOf.slice(0, 4),
			figure.source,
		]
			.filter(Boolean)
			.join(" "),
	);
}

/** Every figure in which all the words that count are found, by programme and label, the newest first. */
export function findFigures(network: Network, typed: string): Figure[] {
	const said = words(typed).filter((word) => !SMALL.has(word));
	return [...network.figure.values()]
		.filter((figure) => {
			const own = told(network, figure);
			return said.every((word) => own.some((each) => each.startsWith(word) || root(each) === root(word)));
		})
		.sort(
			(a, b) =>
				a.programme.localeCompare(b.programme) || a.label.localeCompare(b.label) || b.asOf.localeCompare(a.asOf),
		);
}
