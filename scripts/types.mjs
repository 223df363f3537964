/**
 * Checks the types of every workspace that has some. One checker each: several would check what they share several times. What did not change
 * since the last run is not checked again.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const projects = ['packages/protocol', 'packages/sdk', 'apps/engine', 'apps/web', 'examples/order-system', 'e2e'].filter((project) =>
  existsSync(join(root, project, 'tsconfig.json')),
);
const compiler = join(root, 'node_modules/.bin/tsc');
const argumentsFor = (project) => {
  const memory = join(root, 'node_modules/.cache/types', `${project.replaceAll('/', '-')}.tsbuildinfo`);
  return ['-p', project, '--noEmit', '--checkers', '1', '--incremental', '--tsBuildInfoFile', memory];
};
const failed = projects.filter((project) => spawnSync(compiler, argumentsFor(project), { cwd: root, stdio: 'inherit' }).status !== 0);
if (failed.length > 0) {
  console.error(`types: ${failed.join(', ')} failed`);
  process.exit(1);
}
console.log(`types: ${projects.length} projects`);
