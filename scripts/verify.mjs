/** `npm run verify`: format, lint, rooms, types and unit tests; what is run before every commit. */
import { checks, unitTests } from './checks.mjs';
import { install } from './install.mjs';
import { requireNode } from './root.mjs';
import { runSuites, sayTotal } from './suites.mjs';

requireNode();
install({ everything: true });
process.exit(sayTotal([await runSuites([...checks, ...unitTests], { quiet: true })]));
