// What the checks need beside Node: the real servers, and programs that other implementations' answers come from. What
// cannot be had after all is named by the checks that miss it: a server, and a program that a row of faults needs, fails them in CI, the rest are skipped by name.
import { catalogue } from '../servers/catalogue/index.mjs';
import { install } from '../servers/install.mjs';

const PROGRAMS = [
  ...['golang-go', 'golang-golang-x-mod-dev', 'openssl', 'strace', 'iproute2'],
  // For npm run faults.
  ...['logrotate', 'libfaketime', 'e2fsprogs', 'util-linux'],
];

install([...PROGRAMS, ...catalogue.flatMap(({ packages }) => packages)]);
