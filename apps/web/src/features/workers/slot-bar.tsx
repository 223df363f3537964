import { formatCount } from '../../lib/number.ts';

/** How many of its slots a worker uses. Nothing where it does not say. */
export function SlotBar({ slots }: { slots: { readonly used: number; readonly available: number } | null }) {
  if (slots === null) return null;
  const all = slots.used + slots.available;
  return (
    <span className="row">
      <span className="slotbar" aria-hidden="true">
        <i style={{ width: `${all === 0 ? 0 : (slots.used / all) * 100}%` }} />
      </span>
      <span className="small">
        {formatCount(slots.used)} <span className="dim">/ {formatCount(all)}</span>
      </span>
    </span>
  );
}
