/** Redis with a plain port and a TLS port that wants a client certificate; the password is `hunter2`. */
export const redis = {
  name: 'redis',
  packages: ['redis-server', 'openssl'],
  binary: 'redis-server',
  async configure({ folder, tls, freePort }) {
    const [plain, secure] = [await freePort(), await freePort()];
    const files = ['--tls-ca-cert-file', tls.ca, '--tls-cert-file', tls.cert, '--tls-key-file', tls.key];
    const ports = ['--port', String(plain), '--tls-port', String(secure), '--tls-auth-clients', 'yes'];
    const rest = [
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--save',
      '',
      '--appendonly',
      'no',
      '--requirepass',
      'hunter2',
    ];
    return {
      command: ['redis-server', ...ports, ...files, ...rest],
      ports: [plain, secure],
      facts: { plain, secure, password: 'hunter2', tls },
    };
  },
};
