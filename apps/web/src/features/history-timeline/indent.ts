import type { CSSProperties } from 'react';
import type { TimelineRow } from '../../domain/timeline-layout.ts';

/** How deep a row stands in opened children; how far to the right that is, and where it ends, is for the style sheet to say. */
export function indentOf({ level, isMember }: Pick<TimelineRow, 'level' | 'isMember'>): CSSProperties | undefined {
  // Members of a woven row have an indent of their own.
  const depth = level - (isMember ? 2 : 1);
  return depth === 0 ? undefined : { '--depth': depth };
}

/** The same for the table, where members of a woven row stand as deep as the steps of a child would. */
export const levelOf = ({ level }: Pick<TimelineRow, 'level'>): CSSProperties | undefined =>
  level === 1 ? undefined : { '--depth': level - 1 };
