'use client';
import { useCallback, useState } from 'react';

/** Which woven rows show their members each on its own. The functions stay the same, so that rows are not drawn for them. */
export function useExpanded() {
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const onExpand = useCallback((key: string) => setExpanded((old) => new Set([...old, key])), []);
  const toggle = useCallback(
    (key: string) => setExpanded((old) => (old.has(key) ? new Set([...old].filter((one) => one !== key)) : new Set([...old, key]))),
    [],
  );
  return { expanded, onExpand, toggle };
}
