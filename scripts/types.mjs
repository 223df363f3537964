/** Checks the types of every workspace that has some. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const projects = ['packages/protocol', 'packages/sdk', 'apps/engine', 'apps/web', 'examples/order-system', 'e2e'].filter((project) =>
  existsSync(join(root, project, 'tsconfig.json')),
);
const failed = projects.filter(
  (project) => spawnSync('npx', ['tsc', '-p', project, '--noEmit'], { cwd: root, stdio: 'inherit' }).status !== 0,
);
if (failed.length > 0) {
  console.error(`types: ${failed.join(', ')} failed`);
  process.exit(1);
}
console.log(`types: ${projects.length} projects`);
