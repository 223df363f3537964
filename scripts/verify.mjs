/** `npm run verify`: format, lint, rooms, types and unit tests; what is run before every commit. */
import { checks, unitTests } from './checks.mjs';
import { install } from './install.mjs';
import { requireNode } from './root.mjs';
import { runSuites } from './suites.mjs';

requireNode();
install({ everything: true });
const { passed, failed, skipped } = await runSuites([...checks, ...unitTests], { quiet: true });
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
