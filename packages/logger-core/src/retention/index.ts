// For plugins and their threads, which do without a logger: this part loads nothing else.
export { HOLD_SUFFIX, type Hold, type Holdable, holdsOf, readHolds } from './holds';
