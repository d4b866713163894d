import { isAbsolute, relative } from 'node:path';
import { realPath } from './real-path';

/** Why a file would not be inside its root, by `..` or by a symbolic link; undefined when it would be, or has none. */
export function leavesRoot({
  path,
  root,
}: {
  readonly path: string;
  readonly root: string | undefined;
}): string | undefined {
  if (root === undefined) return undefined;
  const real = realPath(path);
  const way = relative(realPath(root), real);
  const outside = way === '' || way === '..' || /^\.\.[/\\]/.test(way) || isAbsolute(way);
  return outside ? `'${path}' leads to '${real}', which is outside of the root '${root}'` : undefined;
}
