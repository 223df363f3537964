/** Checks that imports go in one direction, as rooms.config.mjs says. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSync } from 'oxc-parser';
import { parts } from '../rooms.config.mjs';
import { root } from './root.mjs';

const SOURCE = /\.(ts|tsx|mts)$/;

function* sources(path) {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'generated' && entry.name !== 'node_modules') yield* sources(child);
    } else if (SOURCE.test(entry.name)) yield child;
  }
}

/** What a file imports, types and `import()` included, with the line of each. */
function importsOf(file) {
  const code = readFileSync(file, 'utf8');
  const { module, errors } = parseSync(file, code);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const entry = (specifier, start) => ({
    specifier,
    line: code.slice(0, start).split('\n').length,
    // `import { type A }` still loads the module.
    isType: /^(import|export)\s+type\s/.test(code.slice(start)),
  });
  const statics = module.staticImports.map(({ moduleRequest, start }) => entry(moduleRequest.value, start));
  const exports = module.staticExports.flatMap(({ entries, start }) => {
    const request = entries.find(({ moduleRequest }) => moduleRequest)?.moduleRequest;
    return request ? [entry(request.value, start)] : [];
  });
  const dynamics = module.dynamicImports.flatMap(({ moduleRequest, start }) => {
    // A computed name cannot be followed; it is a path that is known at run time only.
    const literal = /^(['"])(.*)\1$/.exec(code.slice(moduleRequest.start, moduleRequest.end));
    return literal ? [entry(literal[2], start)] : [];
  });
  return [...statics, ...exports, ...dynamics];
}

/** The room of a path below a part's root: the longest name that fits. `a/*` is a room for each folder in `a`. */
function roomOf(part, path) {
  const names = part.floors.flat();
  const folders = dirname(path) === '.' ? [] : dirname(path).split('/');
  for (let length = folders.length; length > 0; length -= 1) {
    const name = folders.slice(0, length).join('/');
    if (names.includes(name)) return name;
    if (names.includes(`${folders.slice(0, length - 1).join('/')}/*`)) return name;
  }
  return folders.length === 0 && names.includes('.') ? '.' : undefined;
}

const floorOf = (part, room) => part.floors.findIndex((rooms) => rooms.includes(room) || rooms.includes(`${dirname(room)}/*`));

/** A room may always look into its own model. */
const isOwnModel = (from, to) => to === `${from}/model`;

function faultOf(part, { from, to }) {
  if (from === to || isOwnModel(from, to)) return undefined;
  const [low, high] = [floorOf(part, to), floorOf(part, from)];
  const only = part.only?.[to];
  if (only && !only.includes(from)) return `${to} is chosen by ${only.join(', ')} alone`;
  if (part.isolated?.includes(from)) return `${from} imports no other room`;
  if (low > high) return `${to} stands on a higher floor than ${from}`;
  if (low === high) return `${to} stands on the same floor as ${from}`;
  return undefined;
}

function faultOfPackage(part, from, { specifier, isType }) {
  if (part.pure?.rooms.includes(from) && !part.pure.packages.some((prefix) => specifier.startsWith(prefix))) {
    return `${from} is pure and may not import ${specifier}`;
  }
  const rule = part.packages?.find(({ prefix }) => specifier.startsWith(prefix));
  if (rule === undefined) return undefined;
  if (!rule.rooms.some((room) => room === from || room === `${dirname(from)}/*`)) {
    return rule.rooms.length === 0 ? `${part.name} may not import ${specifier}` : `${specifier} belongs to ${rule.rooms.join(', ')} alone`;
  }
  return rule.typesOnly && !isType ? `${specifier} may be imported with "import type" alone` : undefined;
}

/** All faults of a part, as sentences with file and line. `base` is where its root is looked for. */
export function check(part, base = root) {
  const partRoot = join(base, part.root);
  const faults = [];
  for (const file of sources(partRoot)) {
    const path = relative(partRoot, file);
    if (/\.test\.tsx?$/.test(path)) continue;
    const from = roomOf(part, path);
    if (from === undefined) {
      faults.push(`${part.root}/${path}: its folder is no room of rooms.config.mjs`);
      continue;
    }
    for (const imported of importsOf(file)) {
      const { specifier, line } = imported;
      const where = `${part.root}/${path}:${line}`;
      if (!specifier.startsWith('.')) {
        const fault = faultOfPackage(part, from, imported);
        if (fault) faults.push(`${where}: ${fault}`);
        continue;
      }
      const target = relative(partRoot, resolve(dirname(file), specifier));
      const to = target.startsWith('..') ? undefined : roomOf(part, target);
      const fault = to === undefined ? `${specifier} leaves the rooms` : faultOf(part, { from, to });
      if (fault) faults.push(`${where}: ${fault}`);
    }
  }
  return faults;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const faults = parts.flatMap((part) => check(part));
  for (const fault of faults) console.error(fault);
  console.log(`rooms: ${faults.length} faults in ${parts.length} parts`);
  process.exit(faults.length === 0 ? 0 : 1);
}
