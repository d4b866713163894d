/** System calls by which bytes reach a file. */
export const WRITES = 'write,writev,pwrite64,pwritev';

/**
 * Command prefix under which the given calls on the given paths go wrong: `injection` is `delay_enter=60s`,
 * `error=EIO:when=2..4`, … (strace(1), "Tampering"). The child keeps the process id that it would have without.
 */
export function tamper({ paths, calls, injection }) {
  const watched = paths.flatMap((path) => ['-P', path]);
  const quiet = ['-D', '-f', '-qqq', '-o', '/dev/null'];
  return ['strace', ...quiet, ...watched, '-e', `trace=${calls}`, '-e', `inject=${calls}:${injection}`];
}

/** Command prefix that writes down the given calls on the given paths. */
export function watch({ paths, calls, into }) {
  const watched = paths.flatMap((path) => ['-P', path]);
  return ['strace', '-D', '-f', '-qqq', '-s', '8', '-o', into, ...watched, '-e', `trace=${calls}`];
}
