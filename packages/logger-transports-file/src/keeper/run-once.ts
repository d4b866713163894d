import { Keeper } from './keeper';
import { type KeeperTask } from './messages';

/** Has a task done in a thread that is there for it alone, and keeps the process alive until it is done. */
export async function runOnce<T>(task: KeeperTask): Promise<T> {
  const keeper = new Keeper();
  try {
    return (await keeper.run(task)).result as T;
  } finally {
    await keeper.stop();
  }
}
