/** Reads a Dockerfile as far as its rules are checked and its steps are followed: instructions by stage. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

export const ROOT = join(import.meta.dirname, "..", "..");

export interface Instruction {
	line: number;
	/** `COPY`, in capitals. */
	name: string;
	/** `--from=…` and its like. */
	flags: string[];
	rest: string;
}

export interface Stage {
	image: string;
	as: string | null;
	instructions: Instruction[];
}

/** @throws where a line is no instruction */
export function readDockerfile(text: string): Stage[] {
	const stages: Stage[] = [];
	const lines = text.split("\n");
	for (let index = 0; index < lines.length; index++) {
		const line = index + 1;
		let whole = lines[index] ?? "";
		if (/^\s*(#|$)/u.test(whole)) continue;
		while (whole.endsWith("\\")) whole = `${whole.slice(0, -1)} ${(lines[++index] ?? "").trim()}`;
		const [, name, after = ""] = /^([A-Z]+)\s+(.*)$/u.exec(whole.trim()) ?? [];
		if (!name) throw new Error(`line ${line} is no instruction: ${whole}`);
		if (name === "FROM") {
			const [image = "", , as] = after.split(/\s+/u);
			stages.push({ image, as: as ?? null, instructions: [] });
			continue;
		}
		const [, flags = "", rest = ""] = /^((?:--\S+\s+)*)(.*)$/u.exec(after) ?? [];
		const stage = stages.at(-1);
		if (!stage) throw new Error(`line ${line} stands before FROM`);
		stage.instructions.push({
			line,
			name,
			flags: flags.split(/\s+/u).filter(Boolean),
			rest: rest.replace(/\s+/gu, " "),
		});
	}
	return stages;
}

export const dockerfile = () => readDockerfile(readFileSync(join(ROOT, "Dockerfile"), "utf8"));

/** Of a COPY without `--from`: what it copies, and whither. */
export function copied({ rest }: Instruction): { sources: string[]; target: string } {
	const words = rest.split(" ");
	return { sources: words.slice(0, -1), target: words.at(-1) ?? "" };
}

/** The words of an instruction in JSON form: `CMD ["start"]`. */
export const words = (rest: string): string[] => z.array(z.string()).parse(JSON.parse(rest.replace(/^CMD /u, "")));

/** `ENV a=b c=d` as an object. */
export const assigned = (rest: string): Record<string, string> =>
	Object.fromEntries([...rest.matchAll(/(\S+?)=("[^"]*"|\S*)/gu)].map(([, name = "", value = ""]) => [name, value]));

/** What .dockerignore lets through; everything else is kept out by its first line. */
export const sent = (): string[] =>
	readFileSync(join(ROOT, ".dockerignore"), "utf8")
		.split("\n")
		.filter((line) => line.startsWith("!"))
		.map((line) => line.slice(1));
