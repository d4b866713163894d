// npm run servers: real servers on loopback for the network tests, each with a throw-away data folder. See README.md.
import { once } from 'node:events';
import { catalogue } from './catalogue/index.mjs';
import { install } from './install.mjs';
import { hasBinary, startServer } from './start-server.mjs';

const [command = 'list', ...names] = process.argv.slice(2);
const unknown = names.filter((name) => !catalogue.some((server) => server.name === name));
const chosen = catalogue.filter(({ name }) => names.length === 0 || names.includes(name));
/** What is not installed ends the program with this code, so that a test can tell it from a failure. */
const NOT_INSTALLED = 3;

if (unknown.length > 0 || !['list', 'install', 'start'].includes(command)) {
  console.error(`usage: npm run servers -- list | install | start [${catalogue.map(({ name }) => name).join(' ')}]`);
  process.exit(2);
}

if (command === 'list') {
  for (const { name, binary } of catalogue) console.log(`${name}: ${hasBinary(binary) ? 'installed' : 'missing'}`);
} else if (command === 'install') {
  install(chosen.flatMap(({ packages }) => packages));
} else {
  const missing = chosen.filter(({ binary }) => !hasBinary(binary));
  if (missing.length > 0) {
    console.error(`not installed: ${missing.map(({ name }) => name).join(', ')} (npm run servers -- install)`);
    process.exit(NOT_INSTALLED);
  }
  const running = [];
  const stop = async () => {
    for (const server of running.splice(0)) await server.stop();
  };
  try {
    for (const server of chosen) {
      const started = await startServer(server);
      running.push(started);
      console.log(JSON.stringify({ name: server.name, pid: started.pid, folder: started.folder, ...started.facts }));
    }
    process.stdin.resume();
    await Promise.race([once(process.stdin, 'end'), once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  } finally {
    await stop();
    process.stdin.destroy();
  }
}
