import { type Amount, multiply } from './amount';
import { type Fill, type Side } from './order';

/** What the bot owns: cash in the quote currency, and a position in the other that is never below nothing. */
export class Portfolio {
  #cash: Amount;
  #position: Amount = 0n;
  /** What the position has cost, fees included. */
  #cost: Amount = 0n;
  #realised: Amount = 0n;
  #fees: Amount = 0n;

  constructor(cash: Amount) {
    this.#cash = cash;
  }

  get cash(): Amount {
    return this.#cash;
  }

  get position(): Amount {
    return this.#position;
  }

  /** Profit of all that was sold, after fees. */
  get realised(): Amount {
    return this.#realised;
  }

  get fees(): Amount {
    return this.#fees;
  }

  /** Everything in cash, were the position sold at this price and for nothing. */
  valueAt(price: Amount): Amount {
    return this.#cash + multiply(this.#position, price);
  }

  /** @throws RangeError when more would be sold than there is, or spent than there is; then nothing has changed. */
  apply(side: Side, { price, quantity, fee }: Fill): void {
    if (side === 'BUY') this.#buy(multiply(price, quantity) + fee, quantity);
    else this.#sell(multiply(price, quantity) - fee, quantity);
    this.#fees += fee;
  }

  #buy(spent: Amount, quantity: Amount): void {
    if (spent > this.#cash) throw new RangeError('more spent than there is');
    this.#cash -= spent;
    this.#cost += spent;
    this.#position += quantity;
  }

  #sell(received: Amount, quantity: Amount): void {
    if (quantity > this.#position) throw new RangeError('more sold than there is');
    // The last piece takes the whole cost that is left, so that no rounding stays behind.
    const cost = quantity === this.#position ? this.#cost : (this.#cost * quantity) / this.#position;
    this.#cash += received;
    this.#cost -= cost;
    this.#position -= quantity;
    this.#realised += received - cost;
  }
}
