// Puts a file aside, says under which name, and has nothing else to do.
const { writeSync } = require('node:fs');
const { createLogger } = require('@metaexpert/logger-core');
const { file, rotateFiles } = require('@metaexpert/logger-transports-file');

createLogger({ sources: false, destinations: [file(JSON.parse(process.argv[2]).file)] });
rotateFiles().then((names) => writeSync(1, `${JSON.stringify({ names })}\n`));
