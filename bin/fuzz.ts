/** `npm run fuzz [-- CASES SEED]`: random files against the import. The last line is `N passed, N failed`. */
import { fuzz } from "../test/exchange/fuzz.ts";

const [cases = "100000", seed = String(Math.floor(Math.random() * 2 ** 31))] = process.argv.slice(2);
console.log(`seed ${seed}: the same cases again with npm run fuzz -- ${cases} ${seed}`);
const began = performance.now();
const { passed, failed } = await fuzz(Number(cases), Number(seed), console.log);
console.log(`${((performance.now() - began) / 1000).toFixed(0)} s\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
