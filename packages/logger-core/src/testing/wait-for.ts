/**
 * Waits until a condition holds. Tests wait for what they need, never for a time to pass.
 *
 * @param deadlineMs - then it throws, with what was waited for
 */
export async function waitFor(what: string, condition: () => unknown, deadlineMs = 5000): Promise<void> {
  const end = performance.now() + deadlineMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited ${deadlineMs} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
