/**
 * The code blocks of a Markdown text. After the language a fence may say
 *
 * - `throws`: the program must end with an exit code other than 0;
 * - `no-run`: it is type-checked, and that is all;
 * - `file=NAME`: not a program, but a file that lies beside all later programs of the document;
 * - `env=NAME=VALUE`, `arg=WORD`: what the program is started with.
 *
 * A block after `<!-- output -->` is what the program before it prints on stdout; `<!-- output stderr -->` and
 * `<!-- output logs/app.log -->` speak of stderr and of a file that it leaves behind.
 */
export function readBlocks(text, document) {
  const lines = text.split('\n');
  const blocks = [];
  let output;
  for (let index = 0; index < lines.length; index++) {
    const marker = /^<!-- output(?: (\S+))? -->$/.exec(lines[index]);
    if (marker) output = marker[1] ?? 'stdout';
    const fence = /^(\s*)```(\S*) ?(.*)$/.exec(lines[index]);
    if (!fence) {
      if (!marker && lines[index].trim() !== '') output = undefined;
      continue;
    }
    const line = index + 1;
    const body = [];
    while (++index < lines.length && lines[index].trim() !== '```') body.push(lines[index].slice(fence[1].length));
    const code = `${body.join('\n')}\n`;
    if (output !== undefined) blocks.at(-1)?.outputs.push({ of: output, expected: code, line });
    else if (['ts', 'js', 'json'].includes(fence[2])) blocks.push(block(document, line, fence[2], fence[3], code));
    output = undefined;
  }
  return blocks;
}

function block(document, line, language, info, code) {
  const words = info.split(' ').filter((word) => word !== '');
  const valuesOf = (key) => words.flatMap((word) => (word.startsWith(`${key}=`) ? word.slice(key.length + 1) : []));
  return {
    document,
    line,
    language,
    code,
    file: valuesOf('file')[0],
    throws: words.includes('throws'),
    runs: language !== 'json' && !words.includes('no-run') && valuesOf('file').length === 0,
    env: Object.fromEntries(valuesOf('env').map((pair) => pair.split(/=(.*)/s).slice(0, 2))),
    args: valuesOf('arg'),
    outputs: [],
  };
}
