/** Installs what is missing, and nothing when nothing is. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const stamp = join(root, 'node_modules', '.tidemark-install.json');

/** `everything` adds the test tools to what running needs. Ends the process with a clear sentence when npm fails. */
export function install({ everything }) {
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  const installed = existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : undefined;
  if (installed?.lock === lock && (installed.everything || !everything)) return;
  console.log(everything ? 'Installing everything, test tools included …' : 'Installing what running needs …');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...(everything ? [] : ['--omit=dev'])];
  const { status } = spawnSync('npm', args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    console.error('npm could not install the dependencies; its message is above.');
    process.exit(1);
  }
  writeFileSync(stamp, JSON.stringify({ lock, everything }));
}
