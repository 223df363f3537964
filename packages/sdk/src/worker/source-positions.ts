/** From positions in the bundle back to the sources. */
import path from 'node:path';
import { originalPositionFor, sourceContentFor, TraceMap } from '@jridgewell/trace-mapping';
import type { SourceFrame } from '../replay/report-types.ts';
import type { WorkflowBundle } from './bundler.ts';
import { USER_SCRIPT } from './sandbox.ts';

const SNIPPET_RADIUS = 3;
const frame = /^\s*at (async )?(?:(.*?) \()?([^()\s]+):(\d+):(\d+)\)?$/;

export class SourcePositions {
  readonly #map: TraceMap;
  readonly #root: string;

  /** Paths in frames are relative to `root`. */
  constructor(bundle: Pick<WorkflowBundle, 'map'>, root = process.cwd()) {
    this.#map = new TraceMap(bundle.map);
    this.#root = root;
  }

  /** The frames of user code, innermost first. */
  frames(stack: string | undefined): SourceFrame[] {
    const found: SourceFrame[] = [];
    for (const line of (stack ?? '').split('\n')) {
      const [, isAsync, fn, file, row, column] = frame.exec(line) ?? [];
      if (file !== USER_SCRIPT) continue;
      const place = originalPositionFor(this.#map, { line: Number(row), column: Number(column) - 1 });
      if (place.source === null || place.source.startsWith('tidemark-shared:')) continue;
      const snippet = this.#snippet(place.source, place.line);
      found.push({
        file: path.relative(this.#root, path.resolve('out', place.source)),
        line: place.line,
        column: place.column + 1,
        ...(fn === undefined ? {} : { fn }),
        ...(isAsync === undefined ? {} : { async: true }),
        ...(snippet === undefined ? {} : { snippet }),
      });
    }
    return found;
  }

  /** A stack as text, in the sources' positions. */
  text(stack: string | undefined): string {
    return this.frames(stack)
      .map(
        ({ file, line, column, fn, async }) =>
          `    at ${async ? 'async ' : ''}${fn === undefined ? '' : `${fn} (`}${file}:${line}:${column}${fn === undefined ? '' : ')'}`,
      )
      .join('\n');
  }

  #snippet(source: string, line: number): SourceFrame['snippet'] {
    const content = sourceContentFor(this.#map, source);
    if (content === null) return undefined;
    const lines = content.split('\n');
    const firstLine = Math.max(1, line - SNIPPET_RADIUS);
    return { firstLine, lines: lines.slice(firstLine - 1, line + SNIPPET_RADIUS), mark: line };
  }
}
