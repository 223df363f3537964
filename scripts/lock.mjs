/**
 * Checks that the locks name the native parts of every platform, and with `--fix` adds those that are missing. npm leaves out what
 * the registry at hand does not carry, and `npm ci` then refuses the whole lock, here and everywhere else.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';

const OS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'linuxmusl', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const CPU = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
/** Names of processors that package names write in their own way. */
const CPU_SPELLINGS = { 64: 'x64', gnueabihf: 'arm', musleabihf: 'arm', eabi: 'arm', armv7: 'arm', armv7l: 'arm' };

/** The platforms a package is for, as its name tells them; nothing for one that says nothing. */
function platformOf(name) {
  if (name.endsWith('fsevents')) return { os: ['darwin'] };
  const words = name.split(/[/-]/);
  const os = words.find((word) => OS.includes(word))?.replace('linuxmusl', 'linux') ?? (words.includes('windows') ? 'win32' : undefined);
  const cpu = words.find((word) => CPU.includes(word)) ?? CPU_SPELLINGS[words.find((word) => word in CPU_SPELLINGS) ?? ''];
  const isMusl = words.some((word) => word.includes('musl'));
  const isGnu = words.some((word) => word.startsWith('gnu'));
  return {
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(os ? { os: [os] } : {}),
    ...(os === 'linux' && isMusl ? { libc: ['musl'] } : {}),
    ...(os === 'linux' && isGnu ? { libc: ['glibc'] } : {}),
  };
}

/** Whether node would find `name` from the package at `path`. */
function isResolved(packages, path, name) {
  for (let from = path; from !== ''; from = from.includes('/node_modules/') ? from.slice(0, from.lastIndexOf('/node_modules/')) : '') {
    if (packages[`${from}/node_modules/${name}`]) return true;
  }
  return packages[`node_modules/${name}`] !== undefined;
}

/** Entries that the lock lacks, by their path. */
export function missingEntries({ packages }) {
  const missing = {};
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isResolved(packages, path, name)) continue;
      const version = range.replace(/^[^\d]*/, '');
      const taken = missing[`node_modules/${name}`];
      const at = taken && taken.version !== version ? `${path}/node_modules/${name}` : `node_modules/${name}`;
      const isDev = (entry.dev ?? entry.devOptional ?? false) && (taken?.dev ?? true);
      missing[at] = { version, ...platformOf(name), ...(isDev ? { dev: true } : {}), license: entry.license, optional: true };
    }
  }
  return missing;
}

/** Adds what a lock lacks to the file. */
function complete(file, lock, missing) {
  const sorted = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, undefined, 2)}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  let faults = 0;
  for (const name of ['package-lock.json', 'examples/official-typescript/package-lock.json']) {
    const file = join(root, name);
    const lock = JSON.parse(readFileSync(file, 'utf8'));
    const missing = missingEntries(lock);
    const count = Object.keys(missing).length;
    if (count === 0) console.log(`${name}: complete`);
    else if (process.argv.includes('--fix')) {
      complete(file, lock, missing);
      console.log(`${name}: added ${count} packages of other platforms`);
    } else {
      faults += count;
      console.error(`${name}: ${count} packages of other platforms are missing, so "npm ci" fails; run "npm run lockfile"`);
    }
  }
  process.exit(faults === 0 ? 0 : 1);
}
