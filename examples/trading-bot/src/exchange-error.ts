/** An answer of the exchange, or none: nothing that a stack of ours would explain, so it has none. */
class ExchangeError extends Error {
  constructor(
    name: string,
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = name;
    this.stack = `${name}: ${message}`;
  }
}

/** The exchange has said no; asking again would not help. */
export class OrderRejectedError extends ExchangeError {
  constructor(code: string, message: string) {
    super('OrderRejectedError', code, message);
  }
}

/** The exchange has not said anything: here the order never arrived, so that it may be sent again. */
export class OrderTimeoutError extends ExchangeError {
  constructor(orderId: string, timeoutMs: number) {
    const cause = new ExchangeError('ConnectionError', 'ECONNRESET', 'socket hang up');
    super('OrderTimeoutError', 'ETIMEDOUT', `no answer to order ${orderId} within ${timeoutMs} ms`, { cause });
  }
}
