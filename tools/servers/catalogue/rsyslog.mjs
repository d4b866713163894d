import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Syslog over UDP, TCP, TLS, mutual TLS and RELP; everything ends up in `out`, a JSON object a line. */
export const rsyslog = {
  name: 'rsyslog',
  packages: ['rsyslog', 'rsyslog-openssl', 'rsyslog-relp', 'openssl'],
  binary: 'rsyslogd',
  async configure({ folder, tls, freePort }) {
    const [plain, secure, mutual, relp] = [await freePort(), await freePort(), await freePort(), await freePort()];
    const out = join(folder, 'out.jsonl');
    const path = join(folder, 'rsyslog.conf');
    writeFileSync(
      path,
      `global(parser.escapeControlCharactersOnReceive="off" workDirectory="${folder}" maxMessageSize="1m" defaultNetstreamDriverCAFile="${tls.ca}" defaultNetstreamDriverCertFile="${tls.cert}" defaultNetstreamDriverKeyFile="${tls.key}")
module(load="imudp") module(load="imptcp")
module(load="imtcp" streamDriver.name="ossl" streamDriver.mode="1" streamDriver.authMode="anon")
module(load="imrelp" tls.tlslib="openssl")
template(name="j" type="list" option.jsonf="on") { property(outname="pri" name="pri" format="jsonf") property(outname="app" name="app-name" format="jsonf") property(outname="ts" name="timereported" dateFormat="rfc3339" format="jsonf") property(outname="msg" name="msg" format="jsonf") }
ruleset(name="out") { action(type="omfile" file="${out}" template="j" asyncWriting="off" flushOnTXEnd="on") }
input(type="imudp" address="127.0.0.1" port="${plain}" ruleset="out")
input(type="imptcp" address="127.0.0.1" port="${plain}" ruleset="out" supportOctetCountedFraming="on")
input(type="imtcp" address="127.0.0.1" port="${secure}" ruleset="out")
input(type="imtcp" address="127.0.0.1" port="${mutual}" ruleset="out" streamDriver.name="ossl" streamDriver.mode="1" streamDriver.authMode="x509/name" permittedPeer=["client"])
input(type="imrelp" address="127.0.0.1" port="${relp}" ruleset="out" maxDataSize="1m")
`,
    );
    return {
      command: ['rsyslogd', '-n', '-C', '-f', path, '-i', join(folder, 'pid')],
      ports: [plain, secure, mutual, relp],
      facts: { plain, secure, mutual, relp, out, tls },
    };
  },
};
