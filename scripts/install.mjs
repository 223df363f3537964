/** Installs what is missing, and nothing when nothing is. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** `everything` adds the test tools to what running needs. Ends the process with a clear sentence when npm fails. */
export function install({ everything }) {
  if (isInstalled(everything)) return;
  console.log(everything ? 'Installing everything, test tools included …' : 'Installing what running needs …');
  // Onto an existing folder only what differs is installed: `npm ci` would take it from under whatever is running.
  const verb = existsSync(join(root, 'node_modules')) ? ['install', '--no-save'] : ['ci'];
  const args = [...verb, '--no-audit', '--no-fund', '--loglevel=error', ...(everything ? ['--include=dev'] : ['--omit=dev'])];
  const { status } = spawnSync('npm', args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    console.error('npm could not install the dependencies; its message is above.');
    process.exit(1);
  }
}

/** Compares the lock with the one that npm leaves of what it installed. Parts of other platforms are in the first alone. */
function isInstalled(everything) {
  const installedLock = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, link, optional, dev, devOptional, peer }]) => {
    if (!path.includes('node_modules/') || optional || peer) return true;
    if (!everything && (dev || devOptional)) return true;
    return link ? installed[path]?.link === true : installed[path]?.version === version;
  });
}
