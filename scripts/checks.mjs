/** The checks and unit tests that `verify` and `test` share. */
export const npx = (...args) => ({ command: 'npx', args: ['--no-install', ...args] });

export const checks = [
  { name: 'format', ...npx('biome', 'format', '.'), report: 'exit' },
  {
    name: 'lint',
    ...npx(
      'oxlint',
      '--type-aware',
      '--deny-warnings',
      '--report-unused-disable-directives',
      'apps',
      'packages',
      'examples/order-system',
      'e2e',
      'scripts',
      'rooms.config.mjs',
    ),
    report: 'exit',
  },
  { name: 'lock', command: 'node', args: ['scripts/lock.mjs'], report: 'exit' },
  { name: 'rooms', command: 'node', args: ['scripts/rooms.mjs'], report: 'exit' },
  { name: 'rooms are checked', command: 'node', args: ['--test', '--test-reporter=tap', 'scripts/rooms.test.mjs'], report: 'tap' },
  { name: 'habits', command: 'node', args: ['scripts/habits.mjs'], report: 'exit' },
  { name: 'habits are checked', command: 'node', args: ['--test', '--test-reporter=tap', 'scripts/habits.test.mjs'], report: 'tap' },
  { name: 'behaviours have tests', command: 'node', args: ['scripts/compatibility.mjs'], report: 'exit' },
  {
    name: 'behaviours are checked',
    command: 'node',
    args: ['--test', '--test-reporter=tap', 'scripts/compatibility.test.mjs'],
    report: 'tap',
  },
  { name: 'sums are checked', command: 'node', args: ['--test', '--test-reporter=tap', 'scripts/suites.test.mjs'], report: 'tap' },
  { name: 'types', command: 'node', args: ['scripts/types.mjs'], report: 'exit' },
];

export const unitTests = [
  { name: 'unit: protocol', ...npx('vitest', 'run'), cwd: 'packages/protocol', report: 'vitest' },
  { name: 'unit: engine', ...npx('vitest', 'run'), cwd: 'apps/engine', report: 'vitest' },
  { name: 'unit: SDK', ...npx('vitest', 'run'), cwd: 'packages/sdk', report: 'vitest' },
  { name: 'unit: console', ...npx('vitest', 'run'), cwd: 'apps/web', report: 'vitest' },
];
