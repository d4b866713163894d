export { CollectingTransport } from './collecting-transport';
export { HangingTransport } from './hanging-transport';
export { FailingTransport } from './failing-transport';
export { ManualClock } from './manual-clock';
export { destinationOf } from './destination-of';
export { testEntry, testRecord } from './test-entry';
export { describeTransport, type TestRunner, type TransportSubject } from './describe-transport';
export { waitFor } from './wait-for';
