import { type Logform } from 'winston';
import { type AddedTransports } from './added-transports';
import { type Kernel } from './kernel';
import { type LoggerScope } from './scope';

// Symbols and not #private: winston makes children by Object.create, which inherit these and could not have those.
export const KERNEL = Symbol('kernel');
export const SCOPE = Symbol('scope');
export const ADDED = Symbol('added');
export const FORMAT = Symbol('format');

/** What the parts of a logger know of it. */
export interface Internals {
  readonly [KERNEL]: Kernel;
  readonly [SCOPE]: LoggerScope;
  readonly [ADDED]: AddedTransports;
  readonly [FORMAT]: Logform.Format | undefined;
}
