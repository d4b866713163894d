import { open } from 'node:fs/promises';

/** Makes names in a folder durable, where the system can: Windows has no fsync of folders. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
