import * as zlib from 'node:zlib';
import { type Transform } from 'node:stream';

/** What files put aside may be compressed with; zstd where this Node has it (22.15 and later). */
export const COMPRESSIONS = ['gzip', 'brotli', 'zstd'] as const;

export type Compression = (typeof COMPRESSIONS)[number];

/** One way to compress: the ending that its files carry, and the two streams. */
export interface Codec {
  readonly name: Compression;
  readonly suffix: string;
  compressor(): Transform;
  decompressor(): Transform;
}

type MakeStream = () => Transform;

// Node 20 has no zstd, and neither do its types.
const zstd = zlib as { createZstdCompress?: MakeStream; createZstdDecompress?: MakeStream };

/** Brotli's default of 11 takes 340 times as long for a sixth less (docs/adr/0007); 5 takes 1.7 times as long as gzip for half of it. */
const BROTLI = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } };

const CODECS: readonly Codec[] = [
  { name: 'gzip', suffix: '.gz', compressor: () => zlib.createGzip(), decompressor: () => zlib.createGunzip() },
  {
    name: 'brotli',
    suffix: '.br',
    compressor: () => zlib.createBrotliCompress(BROTLI),
    decompressor: () => zlib.createBrotliDecompress(),
  },
  ...(zstd.createZstdCompress !== undefined && zstd.createZstdDecompress !== undefined
    ? [
        {
          name: 'zstd' as const,
          suffix: '.zst',
          compressor: zstd.createZstdCompress,
          decompressor: zstd.createZstdDecompress,
        },
      ]
    : []),
];

/** Endings of compressed files; those that this Node cannot read are still known to be compressed. */
export const COMPRESSED_SUFFIXES: readonly string[] = ['.gz', '.br', '.zst'];

/** The codec of that name; undefined where this Node lacks it. */
export function codecOf(name: Compression): Codec | undefined {
  return CODECS.find((codec) => codec.name === name);
}

/** The codec of a file by the ending of its name; undefined for a plain file, or one that this Node cannot read. */
export function codecOfFile(path: string): Codec | undefined {
  return CODECS.find(({ suffix }) => path.endsWith(suffix));
}

/** The name without the ending that compression gave it. */
export function withoutCompressedSuffix(name: string): string {
  const suffix = COMPRESSED_SUFFIXES.find((one) => name.endsWith(one));
  return suffix === undefined ? name : name.slice(0, -suffix.length);
}
