/** Checks the habits of this code for which the linter has no rule of its own. Each is one sentence in CONTRIBUTING.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';
import { root } from './root.mjs';

const SOURCE = /\.(ts|tsx|mts)$/;
const MODEL = /(^|\/)(model|kernel)\//;
/** What happens over time is what these are about. */
const PACED = /(^|\/)test\/durability\//;
const TEST = /(\.test\.tsx?|\.e2e\.ts)$|(^|\/)test\//;
const ignored = new Set(['node_modules', 'dist', '.next', 'generated', 'test-results', 'official-typescript', 'official-python']);

function* sources(path) {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (ignored.has(entry.name)) continue;
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* sources(child);
    else if (SOURCE.test(entry.name)) yield child;
  }
}

const isName = (node, name) => node?.type === 'Identifier' && node.name === name;

/** `setTimeout(resolve, …)`, or the promise of node:timers: waits for time to pass and for nothing else. */
function isSleep({ callee, arguments: [callback] }, sleepNames) {
  if (callee.type === 'Identifier' && sleepNames.has(callee.name)) return true;
  const isTimeout = isName(callee, 'setTimeout') || (callee.type === 'MemberExpression' && isName(callee.property, 'setTimeout'));
  return isTimeout && callback?.type === 'Identifier' && /^(resolve|done|r|ok)$/.test(callback.name);
}

/** `vi.mock(…)` and its kin: a module that is replaced keeps no promise of the one it replaces. */
const isModuleMock = ({ callee }) =>
  callee.type === 'MemberExpression' &&
  (isName(callee.object, 'vi') || isName(callee.object, 'vitest')) &&
  /^(mock|doMock|hoisted|importActual)$/.test(callee.property.name ?? '');

/** Faults of one file, as sentences with their line. `path` decides which habits it must have. */
export function faultsOf(path, code) {
  const { program, comments, module, errors } = parseSync(path, code);
  if (errors.length > 0) return [{ line: 1, text: errors[0].message }];
  const faults = [];
  const lines = code.split('\n');
  const lineOf = (start) => code.slice(0, start).split('\n').length;
  const report = (start, text) => faults.push({ line: lineOf(start), text });
  const isModel = MODEL.test(path) && !TEST.test(path);
  const isTest = TEST.test(path) && !PACED.test(path);

  const sleepNames = new Set(
    module.staticImports
      .filter(({ moduleRequest }) => /^(node:)?timers\/promises$/.test(moduleRequest.value))
      .flatMap(({ entries }) => entries.map(({ localName }) => localName.value)),
  );
  // Asking again and again until something is seen pauses in between; that is waiting for a state.
  let loops = 0;
  const enter = () => void (loops += 1);
  const leave = () => void (loops -= 1);

  const onFunction = (node) => {
    if (isModel && node.async) report(node.start, 'a model decides at once: no async functions here');
  };
  new Visitor({
    NewExpression(node) {
      if (isModel && isName(node.callee, 'Date') && node.arguments.length === 0)
        report(node.start, 'a model is told the time: use env.now');
    },
    FunctionDeclaration: onFunction,
    FunctionExpression: onFunction,
    ArrowFunctionExpression: onFunction,
    CallExpression(node) {
      if (isModuleMock(node)) report(node.start, 'a test uses a fake that keeps the promises of its port; modules are not mocked');
      if (isTest && loops === 0 && isSleep(node, sleepNames))
        report(node.start, 'a test waits for what it wants to see, with a bound; it does not sleep');
    },
    ForStatement: enter,
    'ForStatement:exit': leave,
    ForOfStatement: enter,
    'ForOfStatement:exit': leave,
    WhileStatement: enter,
    'WhileStatement:exit': leave,
    DoWhileStatement: enter,
    'DoWhileStatement:exit': leave,
    ExportAllDeclaration(node) {
      report(node.start, 'name what is exported: no "export *"');
    },
  }).visit(program);

  for (const { value, start } of comments) {
    if (!/^\s*(oxlint|eslint)-disable|@ts-(ignore|expect-error|nocheck)/.test(value)) continue;
    const before = lines[lineOf(start) - 2]?.trim() ?? '';
    const hasReason = /\s--\s+\S/.test(value) || /@ts-expect-error\s+\S/.test(value) || before.startsWith('//') || before.endsWith('*/');
    if (!hasReason) report(start, 'a rule is switched off without a reason: add one after "--"');
  }
  return faults;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  let count = 0;
  for (const folder of ['apps', 'packages', 'examples', 'e2e']) {
    for (const file of sources(join(root, folder))) {
      const path = relative(root, file);
      for (const { line, text } of faultsOf(path, readFileSync(file, 'utf8'))) {
        count += 1;
        console.error(`${path}:${line}: ${text}`);
      }
    }
  }
  console.log(`habits: ${count} faults`);
  process.exit(count === 0 ? 0 : 1);
}
