/** Activity modules never enter the sandbox: importing one from workflow code yields their names only. */
import { readFile } from 'node:fs/promises';
import type { Plugin, PluginBuild } from 'esbuild';

const ACTIVITY = /from\s*['"]@tidemark\/sdk\/activity['"]/;
const WORKFLOW = /from\s*['"]@tidemark\/sdk\/workflow['"]/;

/** Adds the files it replaces to `stubbed`. A module that also holds workflows is left as it is. */
export function activityStubs(stubbed: Set<string>, entries: readonly string[]): Plugin {
  return {
    name: 'tidemark-activity-stubs',
    setup(build) {
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, async ({ path: file }) => {
        if (file.includes('node_modules') || entries.includes(file)) return undefined;
        const source = await readFile(file, 'utf8');
        if (!ACTIVITY.test(source) || WORKFLOW.test(source)) return undefined;
        const metafile = await exportsOf(file, build.esbuild);
        stubbed.add(file);
        const stubs = metafile.map((name) => {
          const key = JSON.stringify(`${file}#${name}`);
          return name === 'default' ? `export default stub(${key});` : `export const ${name} = stub(${key});`;
        });
        return { contents: [`const stub = __tidemarkRequire('tidemark:activity-stub');`, ...stubs].join('\n'), loader: 'js' };
      });
    },
  };
}

async function exportsOf(file: string, esbuild: PluginBuild['esbuild']): Promise<string[]> {
  const { metafile } = await esbuild.build({
    entryPoints: [file],
    bundle: true,
    packages: 'external',
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
    outdir: 'out',
  });
  return Object.values(metafile.outputs).flatMap((output) => output.exports);
}
