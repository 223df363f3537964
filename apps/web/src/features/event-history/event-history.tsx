export function EventHistory() {
  return null;
}
