import { type Detector, patternDetector } from '../detector';
import { Shape } from '../text-shape';

/** Without what stands around an address more often than in it: `=`, `&`, `/`, `?`, quotes and brackets. */
const LOCAL = /[A-Za-z0-9.!#$%*+^_~\u0080-\uffff-]{1,64}$/;
const DOMAIN =
  /^[A-Za-z0-9\u0080-\uffff](?:[A-Za-z0-9.\u0080-\uffff-]{0,250}[.])[A-Za-z\u0080-\uffff][A-Za-z0-9\u0080-\uffff-]{1,62}/;

/** E-mail addresses (RFC 5321 section 4.1.2, without quoted names). */
export const email: Detector = {
  name: 'email',
  needs: Shape.at,
  minLength: 6,
  plain: {},
  *find(text) {
    for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      const local = LOCAL.exec(text.slice(Math.max(0, at - 64), at))?.[0];
      if (local === undefined) continue;
      const domain = DOMAIN.exec(text.slice(at + 1, at + 256))?.[0];
      if (domain !== undefined) yield { start: at - local.length, end: at + 1 + domain.length };
    }
  },
};

/** Telephone numbers with a country code (E.164): `+49 30 1234567`. */
export const phone: Detector = patternDetector(
  { name: 'phone', needs: Shape.plus, minLength: 9, plain: {} },
  /(?<![A-Za-z0-9+])\+[1-9]\d{0,2}(?:[ .-]?\(\d{1,4}\))?(?:[ .-]?\d){6,13}(?!\d)/g,
);
