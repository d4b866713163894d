import { type Detector, patternDetector, type Span } from '../detector';
import { findAll } from '../find-all';
import { Shape } from '../text-shape';

const SCHEME = /(?<![A-Za-z0-9])(bearer|basic|digest|negotiate)[ \t+]{1,8}(?:"|')?([A-Za-z0-9._~+/=-]{6,})/gi;

/** What follows `Bearer` (RFC 6750) and `Basic` (RFC 7617), if it can be a credential and not the next word. */
export const authorization: Detector = {
  name: 'authorization',
  needs: Shape.space | Shape.plus,
  minLength: 14,
  plain: {},
  *find(text) {
    for (const match of findAll(SCHEME, text)) {
      const [whole, scheme = '', token = ''] = match;
      if (!(scheme.toLowerCase() === 'basic' ? isBasic(token) : isToken(token))) continue;
      const end = match.index + whole.length;
      yield { start: end - token.length, end } satisfies Span;
    }
  },
};

/** The password in `scheme://user:password@host` (RFC 3986 section 3.2.1). */
export const urlPassword: Detector = patternDetector(
  { name: 'url-password', needs: Shape.at, minLength: 8, plain: {} },
  /:\/\/[^\s/@:"'?#]{0,128}:(?<secret>[^\s/@"'?#]{1,256})(?=@)/g,
);

function isBasic(token: string): boolean {
  return Buffer.from(token, 'base64').includes(':') || isToken(token);
}

function isToken(token: string): boolean {
  return token.length >= 20 || (/\d/.test(token) && token.length >= 8);
}
