/** librdkafka's own mock cluster: the real protocol, three brokers, topics made on first use. */
export const kafka = {
  name: 'kafka',
  packages: ['kcat'],
  binary: 'kcat',
  async configure() {
    return {
      command: ['kcat', '-P', '-b', 'x', '-t', 'logs', '-X', 'test.mock.num.brokers=3', '-d', 'mock'],
      facts: (said) => {
        const brokers = /bootstrap\.servers=?[^\d]*((?:127\.0\.0\.1:\d+,?)+)/.exec(said)?.[1];
        return brokers && { brokers: brokers.split(',').filter(Boolean) };
      },
    };
  },
};
