/** `npm run verify`: format, lint, rooms, types and unit tests; what is run before every commit. */
import { checks, unitTests } from './checks.mjs';
import { install } from './install.mjs';
import { requireNode } from './root.mjs';
import { runSuites, sayTotal } from './suites.mjs';

requireNode();
install({ everything: true });
// The engine's own tests take as long as all the rest, so that the two go side by side.
const isLong = (suite) => suite.name === 'unit: engine';
const all = [...checks, ...unitTests];
process.exit(
  sayTotal(await Promise.all([all.filter(isLong), all.filter((suite) => !isLong(suite))].map((lane) => runSuites(lane, { quiet: true })))),
);
