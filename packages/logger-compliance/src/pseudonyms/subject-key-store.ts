/**
 * Keeps one data key for each subject, and forgets it for good when told to. Called at log calls, so it answers at once:
 * a remote store is read ahead. What it throws withholds the record.
 */
export interface SubjectKeyStore {
  /** The key of a subject; `erased` when it has been destroyed, undefined when there never was one. */
  load(subject: string): Uint8Array | 'erased' | undefined;
  /** Keeps a new key durably before it is used. @returns the key to use: another's, if that one came first */
  create(subject: string, key: Uint8Array): Uint8Array | 'erased';
  /** Destroys the key, durably, and remembers that it did: no new one is made for this subject. */
  destroy(subject: string): void;
}
