import { type SealFinding } from '../src';

/** Whole lines of the files of a log, without their line breaks. */
export type LogLines = string[][];

export interface Mutation {
  readonly kind:
    | 'altered'
    | 'removed'
    | 'block removed'
    | 'inserted'
    | 'reordered'
    | 'lines swapped'
    | 'truncated'
    | 'files swapped'
    | 'file removed'
    | 'file doubled';
  /** Line of the whole log, from 0, at which the first difference is. */
  readonly index: number;
  readonly lines: LogLines;
  /** The codes that name it right. */
  readonly named: readonly SealFinding[];
}

const isSeal = (line: string | undefined): boolean => line?.startsWith('{"seal":"checkpoint"') === true;

/** Makes one random change to a sealed log. @param random - from 0 up to, not including, 1 */
export function mutate(files: LogLines, random: () => number): Mutation {
  const pick = (count: number): number => Math.floor(random() * count);
  const lines = files.flat();
  const cuts = files.map((file) => file.length);
  const index = pick(lines.length);
  const line = lines[index] as string;
  const changed = (kind: Mutation['kind'], at: number, next: string[], named: readonly SealFinding[]): Mutation => ({
    kind,
    index: at,
    lines: split(next, cuts),
    named,
  });
  switch (pick(10)) {
    case 0: {
      const at = pick(line.length);
      const other = String.fromCharCode(33 + ((line.charCodeAt(at) + pick(90)) % 90));
      if (other === line[at]) return mutate(files, random);
      const next = lines.with(index, line.slice(0, at) + other + line.slice(at + 1));
      // The last checkpoint has nothing behind it that tells what it was: a damaged key id looks like another key.
      const last = index === lines.length - 1;
      return changed('altered', index, next, last ? ['altered', 'key_unknown', 'truncated', 'inserted'] : ['altered']);
    }
    case 1: {
      const named: SealFinding =
        index === lines.length - 1 ? 'truncated' : isSeal(line) ? 'checkpoint_missing' : 'removed';
      return changed('removed', index, lines.toSpliced(index, 1), [named]);
    }
    case 2: {
      const copy = random() < 0.5 ? (lines[pick(lines.length)] as string) : line.replace(/\d/, '7');
      if (lines.slice(index).every((one, at) => one === [copy, ...lines.slice(index)][at]))
        return mutate(files, random);
      return changed('inserted', index, lines.toSpliced(index, 0, copy), ['inserted']);
    }
    case 3: {
      if (index === lines.length - 1) return mutate(files, random);
      const next = lines.toSpliced(index, 2, lines[index + 1] as string, line);
      return changed('reordered', index, next, ['reordered']);
    }
    case 4: {
      if (index === 0) return mutate(files, random);
      return changed('truncated', index, lines.slice(0, index), ['truncated']);
    }
    case 5: {
      if (files.length < 2) return mutate(files, random);
      const [a, b] = [pick(files.length), pick(files.length)].sort((x, y) => x - y) as [number, number];
      if (a === b) return mutate(files, random);
      const next = files.with(a, files[b] as string[]).with(b, files[a] as string[]);
      return { kind: 'files swapped', index: startOf(files, a), lines: next, named: ['reordered'] };
    }
    case 6: {
      const count = 2 + pick(60);
      if (index + count > lines.length) return mutate(files, random);
      const named: SealFinding = index + count === lines.length ? 'truncated' : 'removed';
      return changed('block removed', index, lines.toSpliced(index, count), [named]);
    }
    case 7: {
      const other = pick(lines.length);
      const [a, b] = [Math.min(index, other), Math.max(index, other)];
      // The last checkpoint out of its place leaves a log without an orderly end.
      if (a === b || b === lines.length - 1) return mutate(files, random);
      const next = lines.with(a, lines[b] as string).with(b, lines[a] as string);
      return changed('lines swapped', a, next, ['reordered']);
    }
    case 8: {
      const at = pick(files.length);
      return { kind: 'file doubled', index: startOf(files, at + 1), lines: files.toSpliced(at, 0, files[at] as string[]), named: ['inserted'] }; // prettier-ignore
    }
    default: {
      const at = pick(files.length);
      if (files.length < 2) return mutate(files, random);
      const named: SealFinding = at === files.length - 1 ? 'truncated' : 'removed';
      return { kind: 'file removed', index: startOf(files, at), lines: files.toSpliced(at, 1), named: [named] };
    }
  }
}

function startOf(files: LogLines, at: number): number {
  return files.slice(0, at).flat().length;
}

/** Into files again; what was added or taken away is in the last one. */
function split(lines: readonly string[], cuts: readonly number[]): LogLines {
  let at = 0;
  return cuts.map((length, file) => {
    const end = file === cuts.length - 1 ? lines.length : at + length;
    const part = lines.slice(at, end);
    at = end;
    return part;
  });
}
