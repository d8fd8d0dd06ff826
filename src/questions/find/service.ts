/** Help offers: by need, region and language, or by name. */
import type { Key, Service } from "../../network/records.ts";
import { regionsOfMember } from "../lexicon.ts";
import { isOpenNow } from "./contact.ts";
import { all, bySubject, choice, type Finder, type Found, fact, has, named, nothing, type Search } from "./found.ts";
import { responsibleFor } from "./region.ts";

function factOf(service: Service, field: string): string | number | null {
	switch (field) {
		case "phone":
		case "email":
		case "capacity":
			return service[field];
		default:
			return null;
	}
}

function show(search: Search, keys: Key[]): Found {
	const { field } = search.query;
	const [key] = keys;
	const service = key === undefined ? undefined : search.lexicon.network.service.get(key);
	if (!service) return nothing();
	if (keys.length > 1) return field === "capacity" ? choice("service", keys) : all("service", keys);
	if (field === "hours") return service.hours ? all("service", keys) : { ...nothing(), missing: field };
	return field ? fact("service", service.key, field, factOf(service, field)) : all("service", keys);
}

export const findService: Finder = (search) => {
	const { query, lexicon } = search;
	const { network } = lexicon;
	const chosen = named(query, "service");
	if (query.unknown.length > 0) return nothing();
	const duty = has(query, "on_call") || (has(query, "open_now") && has(query, "now"));
	const subject = bySubject(search, "service");
	const ofParties = query.parties[0]?.keys.flatMap((key) => lexicon.servicesBy.organisation.get(key) ?? []);
	if (!chosen && query.needs.length === 0 && !ofParties && !subject && query.languages.length === 0) return nothing();
	const ok = (service: Service, needs: (own: Service) => boolean) => {
		if (chosen && !chosen.includes(service.key)) return false;
		if (!chosen && !needs(service)) return false;
		if (!chosen && ofParties && !ofParties.includes(service.key)) return false;
		if (!chosen && query.needs.length === 0 && subject && !subject.has(service.key)) return false;
		if (!query.languages.every((language) => service.languages.includes(language))) return false;
		if (service.audience.length > 0 && !query.audiences.every((who) => service.audience.includes(who))) return false;
		if (query.field === "capacity" && ofParties && service.capacity === null && !chosen) return false;
		if (has(query, "on_call")) return service.onCall && isOpenNow(search, service, true);
		return !duty || isOpenNow(search, service, false);
	};
	const services = [...network.service.values()];
	const every = services.filter((service) =>
		ok(service, (own) => query.needs.every((need) => own.needs.includes(need))),
	);
	const some =
		every.length > 0
			? every
			: services.filter((service) => ok(service, (own) => query.needs.some((need) => own.needs.includes(need))));
	const [region = null] = chosen ? [] : query.regions;
	const regionsOf = (key: Key) => {
		const service = network.service.get(key);
		return service ? regionsOfMember(network, service) : [];
	};
	return show(
		search,
		responsibleFor(
			lexicon,
			region,
			some.map((service) => service.key),
			regionsOf,
		),
	);
};
