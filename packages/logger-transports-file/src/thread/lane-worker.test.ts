import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { Keeper } from '../keeper/keeper';
import { resolveFileSettings } from '../options/file-settings';
import { LaneProducer } from './lane-producer';
import { LaneWorker } from './lane-worker';
import { OwnedFile } from './owned-file';

const PATIENCE_MS = 3000;

describe('a lane in the writer thread', () => {
  const folder = folderPerTest();

  it('lets the event loop turn, and with it whatever looks after the files, however fast one run follows another', async () => {
    const producer = new LaneProducer();
    const { shared } = producer;
    const settings = resolveFileSettings({ path: folder.path('app.log') });
    const owned = new OwnedFile(settings, new Keeper(), { shared, trouble: (error) => { throw error; } }); // prettier-ignore
    const lane = new LaneWorker({ shared, file: () => owned, before: [], crowded: () => false, rest: () => undefined });
    const loop = { turned: false };
    setImmediate(() => (loop.turned = true));
    // As when Node hands over a thousand messages in one turn: promises go on between them, and nothing else does.
    for (const end = performance.now() + PATIENCE_MS; !loop.turned && performance.now() < end;) {
      expect(
        producer.push([{ payload: 'a line', bytes: 6 }], { bytes: 7, durable: false, multiline: false, word: 0 }),
      ).toBe(true);
      lane.wake();
      await lane.end();
    }
    expect(loop.turned).toBe(true);
    await owned.close();
  });
});
