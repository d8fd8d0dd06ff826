/** Regions form a tree: municipality → district → police district → Land. */
import type { Key, Network } from "./records.ts";

/** The region itself and everything above it, nearest first. Safe against cycles. */
export function upwards(network: Pick<Network, "region">, region: Key | null): Key[] {
	const chain: Key[] = [];
	for (let key = region; key !== null && !chain.includes(key); key = network.region.get(key)?.parent ?? null)
		chain.push(key);
	return chain;
}
