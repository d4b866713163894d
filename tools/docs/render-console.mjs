// npm run docs:image: runs console-sample.mjs with colours and draws what it printed as docs/images/pretty.svg.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { mustRun, root } from '../ci/run.mjs';

const FONT_SIZE = 13;
/** Width of a character of the usual monospaced fonts, in em; `textLength` holds all others to it. */
const COLUMN = FONT_SIZE * 0.602;
const ROW = 20;
const PADDING = 18;
const TITLE = 34;

const BACKGROUND = '#14181f';
const PLAIN = { fill: '#d5dae3' };
const STYLES = {
  0: undefined,
  1: { weight: 'bold', fill: '#ffffff' },
  2: { fill: '#7d8799' },
  31: { fill: '#ff7b72', weight: 'bold' },
  32: { fill: '#7ee787' },
  33: { fill: '#f2cc60' },
  36: { fill: '#76e3ea' },
  41: { back: '#b62324' },
  90: { fill: '#7d8799' },
  97: { fill: '#ffffff', weight: 'bold' },
};

const sample = join(root, 'tools/docs/console-sample.mjs');
const { stdout } = await mustRun(process.execPath, [sample], { env: { ...process.env, FORCE_COLOR: '1' } });
const lines = stdout.replaceAll(`file://${root}`, '').trimEnd().split('\n').map(readSegments);
writeFileSync(join(root, 'docs/images/pretty.svg'), draw(lines));

/** A line with SGR sequences as pieces of one style each: `{ text, column, style }`. */
function readSegments(line) {
  const segments = [];
  let style = PLAIN;
  let column = 0;
  for (const piece of line.split(/(\u001b\[[\d;]*m)/)) {
    const codes = /^\u001b\[([\d;]*)m$/.exec(piece)?.[1];
    if (codes !== undefined) style = codes.split(';').reduce(apply, style);
    else if (piece !== '') {
      segments.push({ text: piece, column, style });
      column += [...piece].length;
    }
  }
  return segments;
}

function apply(style, code) {
  if (!(code in STYLES)) throw new Error(`no style for SGR ${code}`);
  return STYLES[code] === undefined ? PLAIN : { ...style, ...STYLES[code] };
}

function draw(rows) {
  const columns = Math.max(...rows.flat().map(({ column, text }) => column + [...text].length));
  const width = Math.ceil(columns * COLUMN + 2 * PADDING);
  const height = rows.length * ROW + TITLE + PADDING;
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (color, index) => `<circle cx="${PADDING + 4 + index * 18}" cy="17" r="5.5" fill="${color}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    '<title>The pretty console</title>',
    `<rect width="${width}" height="${height}" rx="9" fill="${BACKGROUND}"/>`,
    ...dots,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT_SIZE}" xml:space="preserve">`,
    ...rows.flatMap((segments, row) => segments.map((segment) => drawSegment(segment, TITLE + (row + 0.7) * ROW))),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function drawSegment({ text, column, style: { fill, weight, back } }, y) {
  // Leading blanks move the text instead of standing in it: not every viewer keeps them.
  const start = column + (back === undefined ? text.length - text.trimStart().length : 0);
  const shown = back === undefined ? text.trim() : text.trimEnd();
  if (shown === '') return '';
  const length = [...shown].length;
  const [x, textLength] = [PADDING + start * COLUMN, length * COLUMN].map((value) => value.toFixed(1));
  const bold = weight === undefined ? '' : ` font-weight="${weight}"`;
  const box =
    back === undefined
      ? ''
      : `<rect x="${(PADDING + column * COLUMN - 3).toFixed(1)}" y="${y - 14}" width="${(length * COLUMN + 6).toFixed(1)}" height="${ROW - 1}" rx="3" fill="${back}"/>`;
  return `${box}<text x="${x}" y="${y}" fill="${fill}"${bold} textLength="${textLength}" lengthAdjust="spacingAndGlyphs">${escape(shown)}</text>`;
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
