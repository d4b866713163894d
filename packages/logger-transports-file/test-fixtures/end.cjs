// Logs into three files, with a hung destination beside them, and ends. `bare` ends without any logger, for comparison.
const { endings } = require('./endings.cjs');

const { ending, pending, hung, files, bare, firstTick, shutdownTimeoutMs } = JSON.parse(process.argv[2]);

function open() {
  const { createLogger, definePlugin, withPlugin } = require('@metaexpert/logger-core');
  const { file } = require('@metaexpert/logger-transports-file');
  const never = definePlugin({
    kind: 'transport',
    type: 'never',
    create: () => ({ write: () => new Promise(() => undefined) }),
  });
  const log = createLogger({
    sources: false,
    shutdownTimeoutMs,
    destinations: [
      hung === undefined ? withPlugin({ type: 'never' }, never) : file({ name: 'pipe', path: hung }),
      file({ name: 'main', path: files.main }),
      file({ name: 'trades', path: files.trades, filter: { category: 'trade' } }),
      file({ name: 'errors', path: files.errors, filter: { minLevel: 'error' } }),
    ],
  });
  log.on('failure', () => undefined);
  return log;
}

function logAndEnd(log) {
  // Trades and errors in turn, each numbered by themselves.
  for (let sent = 0; sent < pending; sent += 1) {
    const n = Math.floor(sent / 2) + 1;
    if (sent % 2 === 0) log.trade('order filled', { n, symbol: 'BTCUSDT' });
    else log.error('order rejected', { n, symbol: 'BTCUSDT' });
  }
  endings[ending]();
}

if (bare) endings[ending]();
else if (firstTick) logAndEnd(open());
else {
  const log = open();
  setTimeout(() => logAndEnd(log), 100);
}
