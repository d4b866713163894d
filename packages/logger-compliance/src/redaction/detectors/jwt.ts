import { type Detector } from '../detector';
import { findAll } from '../find-all';
import { Shape } from '../text-shape';

const RUN = /[A-Za-z0-9_.-]{20,}/g;
/** `{"` in base64url: how a JOSE header begins (RFC 7515 section 3). */
const HEADER = 'eyJ';

/** JSON web tokens, signed (RFC 7519) and encrypted (RFC 7516). */
export const jwt: Detector = {
  name: 'jwt',
  needs: Shape.run16,
  minLength: 20,
  plain: { maxRunChars: 15, maxHexRunChars: Infinity },
  *find(text) {
    if (!text.includes(HEADER)) return;
    for (const { 0: run, index } of findAll(RUN, text)) {
      const start = run.indexOf(HEADER);
      if (start < 0) continue;
      const [header = '', payload = '', ...rest] = run.slice(start).split('.');
      if (header.length < 10 || payload.length < 4 || rest.length === 0) continue;
      const end = run.length - (/\.+$/.exec(run)?.[0].length ?? 0);
      yield { start: index + start, end: index + end };
    }
  },
};
