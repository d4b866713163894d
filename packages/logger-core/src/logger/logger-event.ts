/** What a logger emits: `failure` of its own, `close` when it is closed, and the events of winston's stream. */
export type LoggerEvent =
  | 'failure'
  | 'close'
  | 'finish'
  | 'error'
  | 'warn'
  | 'drain'
  | 'pipe'
  | 'unpipe'
  | 'data'
  | 'end'
  | 'pause'
  | 'readable'
  | 'resume';
