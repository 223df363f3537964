'use client';
import type { SourceFrame } from '../../domain/replay-report.ts';
import { CodeFrame } from '../../ui/code-frame.tsx';

/** The lines around a place in the author's code. */
export function ReplaySource({ frame }: { frame: SourceFrame }) {
  const { snippet } = frame;
  if (snippet === undefined) return null;
  return (
    <CodeFrame
      title={`${frame.file}:${frame.line}`}
      end={frame.fn ? <span className="dim">in {frame.fn}</span> : undefined}
      lines={snippet.lines.map((text, index) => ({
        number: snippet.firstLine + index,
        text,
        mark:
          snippet.firstLine + index === snippet.mark || (snippet.mark < snippet.firstLine && index === snippet.mark)
            ? ('bad' as const)
            : undefined,
      }))}
    />
  );
}
