const pinoFiles = ['pino sync', 'pino async', 'pino worker', 'pino-roll'];
const pinoRedacting = ['pino sync, redact', 'pino async, redact', 'pino worker, redact'];

/** pino's best mode is another one for each measure, so it is looked for each time. One that lost records counts too:
 * leaving it out would lower the bar for us. Its faults are marked in the table. */
export const bestPino = (measure, field, better) => bestOf(measure, pinoFiles, field, better);
export const bestRedactingPino = (measure, field, better) => bestOf(measure, pinoRedacting, field, better);

function bestOf(measure, names, field, better) {
  const ran = (name) => Number.isFinite(measure?.[name]?.[field]);
  const [name] = names
    .filter(ran)
    .toSorted((a, b) => (measure[b][field] - measure[a][field]) * (better === 'more' ? 1 : -1));
  return name ? { name, entry: measure[name] } : { name: 'pino', entry: undefined };
}
