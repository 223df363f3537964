export type IconName =
  | 'activity'
  | 'attr'
  | 'back'
  | 'batches'
  | 'child'
  | 'cols'
  | 'copy'
  | 'deployments'
  | 'dots'
  | 'down'
  | 'down2'
  | 'edit'
  | 'errors'
  | 'import'
  | 'left'
  | 'link'
  | 'local'
  | 'lock'
  | 'marker'
  | 'minus'
  | 'next'
  | 'overview'
  | 'plug'
  | 'plus'
  | 'prev'
  | 'queues'
  | 'right'
  | 'rows'
  | 'schedules'
  | 'search'
  | 'settings'
  | 'signal'
  | 'start'
  | 'theme'
  | 'timer'
  | 'up'
  | 'update'
  | 'wft'
  | 'workers'
  | 'workflows'
  | 'x';
export type GlyphName =
  | 'canceled'
  | 'completed'
  | 'continued'
  | 'failed'
  | 'paused'
  | 'retrying'
  | 'running'
  | 'scheduled'
  | 'taskfail'
  | 'terminated'
  | 'timedout';

/** 16 px line icon, always beside a word or inside a named control. */
export function Icon({ name, small = false, className = '' }: { name: IconName; small?: boolean; className?: string }) {
  return (
    <svg className={`i ${small ? 's' : ''} ${className}`} aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}

/** 14 px status glyph. The word beside it carries the meaning. */
export function Glyph({ name, className = '' }: { name: GlyphName; className?: string }) {
  return (
    <svg className={`g ${className}`} aria-hidden="true">
      <use href={`#g-${name}`} />
    </svg>
  );
}
