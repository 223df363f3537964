/** `npm run verify`: format, lint, rooms, types and unit tests; what is run before every commit. */
import { checks, unitTests } from './checks.mjs';
import { install } from './install.mjs';
import { requireNode } from './root.mjs';
import { runSuites, sayTotal } from './suites.mjs';

requireNode();
install({ everything: true });
// Two processors are the least that is counted on. What takes long begins first, so that both are busy to the end.
const LONG = ['unit: engine', 'lint', 'types'];
const weightOf = ({ name }) => (LONG.includes(name) ? LONG.indexOf(name) : LONG.length);
const all = [...checks, ...unitTests].sort((a, b) => weightOf(a) - weightOf(b));
process.exit(sayTotal([await runSuites(all, { quiet: true, atOnce: 2 })]));
