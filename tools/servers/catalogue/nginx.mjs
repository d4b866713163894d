import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * nginx as a front that takes requests and says no in all of its ways. What it let through is in `out`, a JSON object a
 * line: `{ status, uri, body }`. Paths: `/in`; `/small` (413 over 2,000 bytes); `/limited` (429 over five requests a
 * second, with Retry-After); `/upstream` (502 while nobody listens on `upstream`); `/basic` (user `bot`, `hunter2`).
 * Ports: `plain`, `secure`, `mutual` (403 without a client certificate), `old` (TLS 1.1 and nothing else).
 */
export const nginx = {
  name: 'nginx',
  packages: ['nginx-light', 'openssl'],
  binary: 'nginx',
  async configure({ folder, tls, freePort }) {
    const ports = [];
    for (let count = 0; count < 6; count += 1) ports.push(await freePort());
    const [plain, secure, mutual, old, sink, upstream] = ports;
    const out = join(folder, 'out.jsonl');
    const path = join(folder, 'nginx.conf');
    mkdirSync(join(folder, 'temporary'), { mode: 0o777 });
    writeFileSync(join(folder, 'users'), 'bot:{PLAIN}hunter2\n');
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path ${folder}/temporary/${name};`)
      .join(' ');
    writeFileSync(
      path,
      `daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr warn;
${process.getuid() === 0 ? 'user root;' : ''}
events { worker_connections 128; }
http {
  ${temporary}
  log_format taken escape=json '{"status":$status,"uri":"$uri","body":"$request_body"}';
  access_log ${out} taken;
  client_body_in_single_buffer on; client_body_buffer_size 2m; client_max_body_size 2m;
  limit_req_zone $binary_remote_addr zone=few:1m rate=5r/s;
  ssl_certificate ${tls.cert}; ssl_certificate_key ${tls.key};
  server { listen 127.0.0.1:${sink}; access_log off; location / { return 204; } }
  server {
    listen 127.0.0.1:${plain};
    location /in { proxy_pass http://127.0.0.1:${sink}; }
    location /small { client_max_body_size 2000; proxy_pass http://127.0.0.1:${sink}; }
    location /limited { limit_req zone=few; limit_req_status 429; error_page 429 @later; proxy_pass http://127.0.0.1:${sink}; }
    location @later { add_header Retry-After 1 always; return 429; }
    location /upstream { proxy_pass http://127.0.0.1:${upstream}; }
    location /basic { auth_basic "logs"; auth_basic_user_file ${folder}/users; proxy_pass http://127.0.0.1:${sink}; }
  }
  server { listen 127.0.0.1:${secure} ssl http2; location / { proxy_pass http://127.0.0.1:${sink}; } }
  server {
    listen 127.0.0.1:${mutual} ssl;
    ssl_client_certificate ${tls.ca}; ssl_verify_client optional;
    location / { if ($ssl_client_verify != SUCCESS) { return 403; } proxy_pass http://127.0.0.1:${sink}; }
  }
  server { listen 127.0.0.1:${old} ssl; ssl_protocols TLSv1.1; ssl_ciphers DEFAULT:@SECLEVEL=0; location / { proxy_pass http://127.0.0.1:${sink}; } }
}
`,
    );
    return {
      command: ['nginx', '-c', path, '-p', folder, '-e', 'stderr'],
      ports: [plain, secure, mutual, old, sink],
      facts: { plain, secure, mutual, old, upstream, out, password: 'hunter2', tls },
    };
  },
};
