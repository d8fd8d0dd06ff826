/** What was read from one row, by field. A `Map` for each of a hundred thousand rows took a third of an import's memory. */

/** The fields of a table, in the order of its columns. */
export type Fields = readonly string[];

export interface FieldValues extends Iterable<[field: string, value: unknown]> {
	has(field: string): boolean;
	get(field: string): unknown;
}

/** A row's values beside the fields that all rows of the table share; `undefined` = not there. */
export class RowValues implements FieldValues {
	readonly #fields: Fields;
	readonly #values: readonly unknown[];

	constructor(fields: Fields, values: readonly unknown[]) {
		this.#fields = fields;
		this.#values = values;
	}

	get(field: string): unknown {
		const at = this.#fields.indexOf(field);
		return at === -1 ? undefined : this.#values[at];
	}

	has(field: string): boolean {
		return this.get(field) !== undefined;
	}

	*[Symbol.iterator](): Generator<[field: string, value: unknown]> {
		for (const [at, field] of this.#fields.entries()) {
			const value = this.#values[at];
			if (value !== undefined) yield [field, value];
		}
	}
}
