/** The regions of a made-up federal state, and how the records in it are numbered. */
import type { Region } from "../src/network/records.ts";
import { LAND, village } from "./names.ts";

export interface State {
	contacts: number;
	regions: readonly Region[];
	/** Those that an organisation sits in. */
	towns: readonly Region[];
}

export const PER_TOWN = 10;

const slug = (name: string) =>
	name
		.toLowerCase()
		.replaceAll("ä", "ae")
		.replaceAll("ö", "oe")
		.replaceAll("ü", "ue")
		.replaceAll("ß", "ss")
		.replaceAll(/[^a-z0-9]+/gu, "-");

const region = (name: string, kind: Region["kind"], parent: string | null, prefix = ""): Region => ({
	key: `${prefix}${slug(name)}`,
	name: kind === "police_district" ? `Direktionsbezirk ${name}` : name,
	kind,
	parent,
	aliases: kind === "land" ? ["Freistaat Sachsen", "SN"] : [],
	ags: null,
});

/** Real districts and towns first, then villages until there is one for every ten organisations. */
export function stateOf(contacts: number): State {
	const land = region("Sachsen", "land", null);
	const regions = [land];
	const districts: Region[] = [];
	for (const [area, parts] of Object.entries(LAND)) {
		const police = region(area, "police_district", land.key, "pb-");
		regions.push(police);
		for (const [name, towns] of Object.entries(parts)) {
			const district = region(
				name,
				towns.length > 0 ? "district" : "municipality",
				police.key,
				towns.length > 0 ? "lk-" : "",
			);
			regions.push(district);
			if (towns.length > 0) districts.push(district);
			for (const town of towns) regions.push(region(town, "municipality", district.key));
		}
	}
	const wanted = contacts / 10 / PER_TOWN;
	const towns = regions.filter((each) => each.kind === "municipality");
	for (let at = 0; towns.length < wanted; at++) {
		const one = region(village(at), "municipality", districts[at % districts.length]?.key ?? land.key, "ort-");
		regions.push(one);
		towns.push(one);
	}
	// In a small one only the first towns have organisations.
	return { contacts, regions, towns: towns.slice(0, Math.max(1, Math.floor(wanted))) };
}

export const at = <T>(list: readonly T[], number: number): T => {
	const value = list[Math.abs(Math.trunc(number)) % list.length];
	if (value === undefined) throw new Error("nothing to take from");
	return value;
};

/** A number that looks like chance and is the same on every machine: splitmix32 of what it is for. */
export function mixed(number: number, purpose: number): number {
	let z = (number * 0x9e3779b9 + purpose * 0x85ebca6b) | 0;
	z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
	z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
	return (z ^ (z >>> 15)) >>> 0;
}
export const pick = <T>(list: readonly T[], number: number, purpose: number) => at(list, mixed(number, purpose));
export const times = (count: number) => Array.from({ length: Math.floor(count) }, (_, number) => number);
export const pad = (number: number, length: number) => String(number).padStart(length, "0");
/** One of the numbers that the Federal Network Agency keeps for films. */
export const phone = (number: number) => `+493023125${pad(number % 1000, 3)}`;
export const day = (year: number, number: number, purpose: number) =>
	`${year}-${pad(1 + (mixed(number, purpose) % 12), 2)}-${pad(1 + (mixed(number, purpose + 1) % 28), 2)}`;

export const organisationKey = (number: number) => `o-${pad(number, 5)}`;
export const townOf = ({ towns }: State, organisation: number) => at(towns, Math.floor(organisation / PER_TOWN));

export const HOURS = ["Mo-Fr 08:00-16:00", "Mo-Th 09:00-15:00; Fr 09:00-12:00", "Tu,Th 13:00-18:00"];
export const AID = [
	"Sprechstunde",
	"Traumaambulanz",
	"Rechtsberatung",
	"Notunterkunft",
	"Dolmetscherdienst",
	"Krisentelefon",
];
