/** A network folder as the records that questions read, without a database. */
import { makePlan } from "../../src/exchange/plan.ts";
import { readSource } from "../../src/exchange/read.ts";
import { sourceAt } from "../../src/exchange/source.ts";
import { byKey, EMPTY_NETWORK } from "../../src/network/load.ts";
import type { Network } from "../../src/network/records.ts";

export async function networkOf(path: string): Promise<Network> {
	const folder = await readSource(await sourceAt(path));
	if (folder.faults.length > 0) throw new Error(`${path}: ${JSON.stringify(folder.faults.slice(0, 3))}`);
	const plan = makePlan(folder, EMPTY_NETWORK, { prune: false, language: "de" });
	return {
		region: byKey(plan.region?.rows.map((row) => row.record) ?? []),
		organisation: byKey(plan.organisation?.rows.map((row) => row.record) ?? []),
		contact: byKey(plan.contact?.rows.map((row) => row.record) ?? []),
		service: byKey(plan.service?.rows.map((row) => row.record) ?? []),
		agreement: byKey(plan.agreement?.rows.map((row) => row.record) ?? []),
		commitment: byKey(plan.commitment?.rows.map((row) => row.record) ?? []),
		event: byKey(plan.event?.rows.map((row) => row.record) ?? []),
		channel: byKey(plan.channel?.rows.map((row) => row.record) ?? []),
		decision: byKey(plan.decision?.rows.map((row) => row.record) ?? []),
		project: byKey(plan.project?.rows.map((row) => row.record) ?? []),
		membership: byKey(plan.membership?.rows.map((row) => row.record) ?? []),
		material: byKey(plan.material?.rows.map((row) => row.record) ?? []),
		programme: byKey(plan.programme?.rows.map((row) => row.record) ?? []),
		figure: byKey(plan.figure?.rows.map((row) => row.record) ?? []),
	};
}
