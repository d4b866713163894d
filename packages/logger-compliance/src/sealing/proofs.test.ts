import fc from 'fast-check';
import { verifyConsistency, verifyInclusion } from '..';
import { EMPTY_ROOT, MerkleRange } from './merkle-range';
import { consistencyRanges, inclusionRanges, type LeafRange } from './proofs';
import { hashLine, hashNode, hashToBase64, type Sha256 } from './sha256';

/** The leaves and roots of the test tree of Certificate Transparency's own implementations (RFC 6962 and 9162, section 2.1). */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** The definition of the RFC, word for word. */
function treeHash(leaves: readonly Sha256[]): Sha256 {
  if (leaves.length === 0) return EMPTY_ROOT;
  if (leaves.length === 1) return leaves[0] as Sha256;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return hashNode(treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)));
}

const hex = (hash: Sha256): string => Buffer.from(hash, 'latin1').toString('hex');
const leavesOf = (count: number): Sha256[] =>
  Array.from({ length: count }, (_, at) => hashLine(Buffer.from(`leaf ${at}`)));
const hashesOf = (leaves: readonly Sha256[], ranges: readonly LeafRange[]): string[] =>
  ranges.map(({ begin, end }) => hashToBase64(treeHash(leaves.slice(begin, end))));

describe('the tree', () => {
  it('has the roots that RFC 6962 implementations publish', () => {
    const range = new MerkleRange();
    expect(hex(range.root())).toBe(EMPTY);
    const roots = LEAVES.map((leaf) => {
      range.append(hashLine(Buffer.from(leaf, 'hex')));
      return hex(range.root());
    });
    expect(roots).toEqual(ROOTS);
  });

  it('gives the published inclusion and consistency proofs', () => {
    const leaves = LEAVES.map((leaf) => hashLine(Buffer.from(leaf, 'hex')));
    const proofOf = (ranges: readonly LeafRange[]): string[] =>
      hashesOf(leaves, ranges).map((hash) => Buffer.from(hash, 'base64').toString('hex'));
    expect(proofOf(inclusionRanges(0, 8))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(proofOf(inclusionRanges(5, 8))).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(proofOf(consistencyRanges(6, 8))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  it('is the same from its edge as by definition, and knows its subtrees, at every size', () => {
    const leaves = leavesOf(130);
    const range = new MerkleRange();
    for (const [at, leaf] of leaves.entries()) {
      range.append(leaf);
      expect(range.root()).toBe(treeHash(leaves.slice(0, at + 1)));
      expect(MerkleRange.ofEdge(at + 1, range.hashes)?.root()).toBe(range.root());
    }
    expect(MerkleRange.ofEdge(129, range.hashes.slice(1))).toBeUndefined();
  });
});

describe('proofs', () => {
  const leaves = leavesOf(70);
  const root = (size: number): string => hashToBase64(treeHash(leaves.slice(0, size)));

  it('of inclusion hold for every leaf of every tree, and for no other leaf, tree or length', () => {
    for (let size = 1; size <= leaves.length; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const proof = hashesOf(leaves, inclusionRanges(index, size));
        const claim = { index, size, leaf: hashToBase64(leaves[index] as Sha256), root: root(size), proof };
        expect(verifyInclusion(claim)).toBe(true);
        expect(verifyInclusion({ ...claim, leaf: hashToBase64(hashLine(Buffer.from('x'))) })).toBe(false);
        expect(verifyInclusion({ ...claim, index: index === 0 ? size : index - 1 })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: [...proof, claim.leaf] })).toBe(false);
      }
    }
  });

  it('of consistency hold for every two trees, and for no other', () => {
    for (let size = 1; size <= leaves.length; size += 1) {
      for (let oldSize = 1; oldSize <= size; oldSize += 1) {
        const proof = hashesOf(leaves, consistencyRanges(oldSize, size));
        const claim = { oldSize, oldRoot: root(oldSize), size, root: root(size), proof };
        expect(verifyConsistency(claim)).toBe(true);
        expect(verifyConsistency({ ...claim, root: root(size - 1) })).toBe(false);
        expect(verifyConsistency({ ...claim, oldRoot: root(oldSize - 1) })).toBe(false);
        if (proof.length > 0) expect(verifyConsistency({ ...claim, proof: proof.slice(1) })).toBe(false);
      }
    }
  });

  it('that are no proofs are refused with a code, whatever they are', () => {
    const anything = fc.oneof(fc.anything(), fc.string(), fc.double(), fc.maxSafeInteger(), fc.constant(root(7)));
    const proofs = fc.oneof(anything, fc.array(fc.oneof(anything, fc.base64String())));
    fc.assert(
      fc.property(anything, anything, anything, anything, proofs, (a, b, c, d, proof) => {
        for (const verify of [
          () => verifyInclusion({ index: a, size: b, leaf: c, root: d, proof } as never),
          () => verifyConsistency({ oldSize: a, size: b, oldRoot: c, root: d, proof } as never),
          () => verifyInclusion(a as never),
          () => verifyConsistency(a as never),
        ]) {
          try {
            expect(typeof verify()).toBe('boolean');
          } catch (thrown) {
            expect(thrown).toMatchObject({ name: 'ComplianceError', code: 'MXL_SEAL_MALFORMED' });
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});
