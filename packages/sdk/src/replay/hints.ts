import type { Divergence, Hint } from './report-types.ts';

const looksRandom = /[0-9a-f]{8}-[0-9a-f]{4}-|\d{10,}/i;

/** What to try, from the shape of the divergence. */
export function hintsFor(divergence: Divergence): Hint[] {
  const { kind, expected, actual, fields } = divergence;
  const hints: Hint[] = [];
  const at = actual?.stack[0];
  const place = at === undefined ? {} : { at };
  if (fields.some(({ expected: was, actual: is }) => looksRandom.test(JSON.stringify(was)) && looksRandom.test(JSON.stringify(is)))) {
    hints.push({
      kind: 'random-or-time',
      text: 'The two names differ in something that looks random or time-based: use workflow.uuid4 or workflow.now, or record it with workflow.sideEffect.',
      ...place,
    });
  }
  if (kind === 'different-identity' && expected?.wouldBe === 'scheduleActivity') {
    hints.push({
      kind: 'rename',
      text: `If only the name changed, give the activity its old one: activity.defn({ name: ${JSON.stringify(expected.attributes['activityType'] ?? '')} }, …).`,
      ...place,
    });
  }
  if (kind === 'patch-missing') {
    hints.push({
      kind: 'use-patch',
      text: 'Call workflow.deprecatePatch with this id until no run from before is left; only then remove it.',
      code: `workflow.deprecatePatch(${JSON.stringify(expected?.attributes['patch'] ?? '')});`,
      ...place,
    });
    return hints;
  }
  if (kind === 'orphan-resolution') return hints;
  hints.push({
    kind: 'use-patch',
    text: 'Keep the old code for runs that began with it.',
    code: `if (workflow.patched('describe-the-change')) {\n  // the new code${actual === undefined ? '' : `: ${actual.label}`}\n} else {\n  // the old code${expected === undefined ? '' : `: ${expected.label}`}\n}`,
    ...place,
  });
  return hints;
}
