import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { root } from '../ci/run.mjs';

/** Links and images of a document that lead to no file of the repository: `{ where, what }`. */
export function findDeadLinks(text, document) {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)|<img[^>]* src="([^"]+)"/g)]
      .map(([, link, image]) => link ?? image)
      .filter((target) => !existsSync(join(root, dirname(document), target)))
      .map((target) => ({ where: `${document}:${index + 1}`, what: `leads to ${target}, which is not there` })),
  );
}
