/**
 * Spoils every fixture in many ways and converts what comes out.
 *
 *   npm run fuzz -- [MUTATIONS] [--seed NUMBER]
 */
import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { fuzzFixtures } from './fuzz-fixtures.ts';
import { fuzzPool } from './fuzz-pool.ts';
import { holdConversions } from './hold-conversions.ts';

const USAGE = 'usage: npm run fuzz -- [MUTATIONS] [--seed NUMBER]';
const USUAL_MUTATIONS = 20_000;
const MOST_LANES = 8;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' } } });
const mutations = Number(positionals[0] ?? USUAL_MUTATIONS);
const seed = Number(values.seed ?? randomInt(2 ** 31));
if (!Number.isInteger(mutations) || mutations < 1 || !Number.isInteger(seed)) {
  console.error(USAGE);
  process.exit(2);
}

const fixtures = fuzzFixtures();
console.log(`${mutations} mutations of ${fixtures.length} fixtures, seed ${seed}`);
const lanes = Math.min(MOST_LANES, availableParallelism());
const pool = fuzzPool(lanes);
const { problems, read, refused } = await holdConversions(pool, { fixtures, mutations, seed, lanes });
await pool.close();
for (const problem of problems) console.error(`\n${problem}`);
console.log(`${read} read, ${refused} refused.`);
console.log(problems.length === 0 ? 'Every file was converted or refused in good order.' : `${problems.length} failed`);
process.exitCode = problems.length === 0 ? 0 : 1;
