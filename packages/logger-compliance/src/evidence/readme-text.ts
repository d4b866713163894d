import { createHash } from 'node:crypto';
import { type ComplianceReport, type LogReport } from '../reports/report';
import { TrustedKeys } from '../verification/trusted-keys';
import { type VerifyLogOptions } from '../verification/verify-log';

/** What a lawyer, an auditor or a court has to know about a bundle. Plain text. */
export function readmeText(report: ComplianceReport, seals: readonly VerifyLogOptions[]): string {
  const { from, to, made, logs } = report;
  return `EVIDENCE BUNDLE
${from ?? 'the beginning'} to ${to ?? 'the end'}, made ${made}

WHAT IS IN IT

  report.html    what the log says: events, orders, violations, gaps; open it in a browser, print it
  report.json    the same for machines
  logs/          the lines of the logs, one record a line, as they were written; packed files are unpacked
  keys/          the public keys that verify them
  proofs/        checkpoints (signed statements about all lines before them) and time stamps
  SHA256SUMS     SHA-256 of every file; "sha256sum -c SHA256SUMS"
  verify.sh      verifies with openssl 3:   sh verify.sh [trusted.pem]
  verify.go      verifies with Go:          go run verify.go [trusted.pem]

${logs.map((log, at) => aboutLog(log, at, seals[at])).join('\n')}
HOW TO VERIFY IT

1. Get the public key of the log by another way than this bundle (the company's web site, a notary, an earlier bundle)
   and compare its SHA-256 with the one above. Whoever makes a bundle can put any key into it.
2. Run one of the two programs, on any machine; neither needs the network nor software of ours. It ends with VERIFIED, or
   with REFUSED and the reason. Read them first if you like: each is one short file.
3. If a checkpoint of this log was published before (a chat, a mailbox, another company, a witness), the program compares
   the log with those in proofs/*/published-*.note. A log that was written anew since then cannot agree with them.

WHAT IT PROVES

- The lines are those that the holder of the private key sealed, in this order; none was altered, removed, inserted or
  moved since the checkpoint that covers it was signed.
- With a time stamp: the lines that it covers existed at the time that the authority names.
- With a published checkpoint: nobody, the holder of the key included, has changed those lines since.

WHAT IT DOES NOT PROVE

- That what a line says is true, or that everything that happened was logged.
- Without time stamp or published checkpoint: when the lines were written. The holder of the key could have written the
  whole log anew.

HOW IT WORKS

Every line is a leaf of a Merkle tree (RFC 6962, section 2.1): leaf = SHA-256(00, line), node = SHA-256(01, left, right). A
checkpoint (C2SP tlog-checkpoint, proofs/*/head.note) names the log, the number of lines and the root of the tree, signed with
Ed25519 (C2SP signed-note). Where a log is handed over in part, proofs/*/start.note is the checkpoint at which that part begins,
proofs/*/edge what the tree was there, and the first lines, as many as proofs/*/skip says, belong to the part before. Time stamps
are tokens of RFC 3161 over the note beside them.
`;
}

function aboutLog({ path, files, seal }: LogReport, at: number, how: VerifyLogOptions | undefined): string {
  const keys = new TrustedKeys(how?.trustedKeys ?? []).of(seal?.origin ?? '');
  const fingerprints = keys.map(({ publicKey }, key) => {
    const der = publicKey.export({ type: 'spki', format: 'der' });
    return `  key ${at + 1}/${key + 1}.pem: SHA-256 ${createHash('sha256').update(der).digest('hex')}`;
  });
  const found = seal?.ok === true ? 'verified when the bundle was made' : `NOT IN ORDER: ${seal?.problem?.code ?? 'no seal'}: ${seal?.problem?.message ?? ''}, ${seal?.problem?.file ?? ''}:${seal?.problem?.line ?? ''}`; // prettier-ignore
  return `LOG ${at + 1}: ${seal?.origin ?? path}

  ${files.length} files, ${seal?.lines ?? 0} lines: ${found}
  last checkpoint ${seal?.headTime ?? 'none'}; ${(seal?.unproven ?? 0) + (seal?.unsealed ?? 0)} lines are outside of what is proven
${fingerprints.join('\n')}
`;
}
