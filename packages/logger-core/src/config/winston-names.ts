/** What winston's options are called here. Who comes from there types them first. */
export const WINSTON_NAMES: Readonly<Record<string, string>> = {
  transports: 'destinations: [fromWinston(transport)]',
  transport: 'destinations: [fromWinston(transport)]',
  defaultMeta: 'fields',
  silent: 'log.silent = true',
  exitOnError: 'exitHooks',
  exceptionHandlers: 'log.exceptions.handle(transport)',
  rejectionHandlers: 'log.rejections.handle(transport)',
  handleExceptions: 'exitHooks',
  handleRejections: 'exitHooks',
};
