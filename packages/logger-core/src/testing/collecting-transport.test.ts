import { CollectingTransport, describeTransport } from '.';

let last: CollectingTransport;

describeTransport({
  create: () => (last = new CollectingTransport()),
  received: () => last.payloads,
});

describe('the contract suite', () => {
  it.each<[string, () => { write(): Promise<unknown> }]>([
    ['loses a record', () => ({ write: () => Promise.resolve({ status: 'delivered' }) })],
    ['answers nothing', () => ({ write: () => Promise.resolve(undefined) })],
    ['rejects', () => ({ write: () => Promise.reject(new Error('no')) })],
  ])('fails a transport that %s', async (_how, create) => {
    const outcomes: Promise<boolean>[] = [];
    const runner = {
      describe: (_title: string, body: () => void) => body(),
      it: (_title: string, body: () => Promise<void>) => void outcomes.push(body().then(() => true, () => false)), // prettier-ignore
    };
    describeTransport({ create: create as never, received: () => [] }, runner);
    expect(await Promise.all(outcomes)).toContain(false);
  });
});
