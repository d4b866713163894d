// What the checks need beside Node: the real servers, and programs that other implementations' answers come from. What
// cannot be had after all is named by the checks that miss it: a server fails them, the rest are skipped by name.
import { catalogue } from '../servers/catalogue/index.mjs';
import { install } from '../servers/install.mjs';

const PROGRAMS = ['golang-go', 'golang-golang-x-mod-dev', 'openssl', 'strace', 'iproute2'];

install([...PROGRAMS, ...catalogue.flatMap(({ packages }) => packages)]);
