/** Resolves with `open(destinations, options)`, which opens that logger in the very tick of its call. */
export async function loadSubject(subject) {
  if (subject === 'ours') return (await import('./ours.mjs')).openOurs;
  if (subject === 'pino') return (await import('./pino.mjs')).openPino;
  const { openWinston } = await import('./winston.mjs');
  return (destinations, options) => openWinston(destinations, { ...options, rotating: subject === 'winston-drf' });
}
