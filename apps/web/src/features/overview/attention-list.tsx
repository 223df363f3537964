import Link from 'next/link';
import { paths } from '../../data/paths.ts';
import type { AttentionItem, AttentionLink } from '../../domain/attention.ts';
import { Glyph } from '../../ui/icon.tsx';
import type { GlyphName } from '../../ui/icon.tsx';

const hrefOf = (namespace: string, link: AttentionLink): string => {
  switch (link.to) {
    case 'runs':
      return paths.workflows(namespace, `q=${encodeURIComponent(link.query)}`);
    case 'queue':
      return paths.queue(namespace, link.name);
    case 'error':
      return paths.error(namespace, link.id);
    case 'worker':
      return paths.worker(namespace, link.key);
    case 'schedule':
      return paths.schedule(namespace, link.id);
    case 'pausedSchedules':
      return `${paths.schedules(namespace)}?paused=true`;
  }
};

/** Each thing with what it stands on, leading to where it can be seen and changed. */
export function AttentionList({ namespace, items }: { namespace: string; items: readonly AttentionItem[] }) {
  if (items.length === 0) return null;
  return (
    <ul className="att" aria-label="Needs attention">
      {items.map(({ tone, what, evidence, link }) => (
        <li key={`${what}${link.to}`} className={`st-${tone}`}>
          <Glyph name={tone satisfies GlyphName} />
          <Link href={hrefOf(namespace, link)}>{what}</Link>
          <span className="mid cut" title={evidence}>
            {evidence}
          </span>
        </li>
      ))}
    </ul>
  );
}
