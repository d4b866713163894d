import { type Detector } from '../detector';
import { findAll } from '../find-all';
import { Shape } from '../text-shape';

const BEGIN = /-----BEGIN ([A-Z0-9 ]{1,64})-----/g;
const PUBLIC = /CERTIFICATE|PUBLIC KEY|PARAMETERS/;

/** PEM blocks (RFC 7468) but for those that are public by nature. One without an end goes to the text's end. */
export const pem: Detector = {
  name: 'pem',
  needs: Shape.dash,
  minLength: 20,
  plain: {},
  *find(text) {
    let done = 0;
    for (const { 0: begin, 1: label = '', index } of findAll(BEGIN, text)) {
      if (index < done || PUBLIC.test(label)) continue;
      const close = `-----END ${label}-----`;
      const at = text.indexOf(close, index + begin.length);
      done = at < 0 ? text.length : at + close.length;
      yield { start: index, end: done };
      if (at < 0) return;
    }
  },
};
