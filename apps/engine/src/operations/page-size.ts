/** How many entries a page holds: as many as asked for up to the maximum. What is no count, zero and below, asks for the usual size. */
export function pageSize(asked: number | null | undefined, max: number, usual = max): number {
  return asked && asked > 0 ? Math.min(asked, max) : usual;
}
