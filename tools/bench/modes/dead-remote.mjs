import { definePlugin } from '@metaexpert/logger-core';

/** A remote destination that is down and stays down: every batch is to be tried again. */
class DeadRemote {
  async write() {
    return { status: 'retry', error: new Error('connect ECONNREFUSED') };
  }
}

export const deadRemotePlugin = definePlugin({
  kind: 'transport',
  type: 'dead-remote',
  schema: { type: 'object' },
  create: () => new DeadRemote(),
});

export const deadRemote = { type: 'dead-remote', name: 'remote' };
