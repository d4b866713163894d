import { type ConfigIssue } from '@metaexpert/logger-core';

const HOST_AND_PORT = /^[^\s:/@[\]]+:(\d{1,5})$/;

const MAX_PORT = 65_535;

/**
 * Mistakes in the names of brokers. kafkajs takes them apart at the first colon, and would connect to no port, or to
 * another host, for as long as the process runs.
 */
export function checkBrokers(url: string, brokers: readonly string[] = []): ConfigIssue[] {
  const issues = brokers.flatMap((broker, index) => {
    const port = Number(HOST_AND_PORT.exec(broker)?.[1] ?? 0);
    if (port > 0 && port <= MAX_PORT) return [];
    return [{ path: `brokers[${index}]`, message: `'${broker}' is not host:port (such as 'broker-2:9092')` }];
  });
  const isIpv6 = URL.canParse(url) && new URL(url).hostname.startsWith('[');
  if (isIpv6) issues.push({ path: 'url', message: 'kafkajs takes no IPv6 address; use a name or an IPv4 address' });
  return issues;
}
