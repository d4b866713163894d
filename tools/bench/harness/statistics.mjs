export function median(values) {
  const sorted = values.filter(Number.isFinite).toSorted((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Nearest rank, so the value is one that was measured. */
export function quantile(sorted, fraction) {
  return sorted[Math.min(sorted.length - 1, Math.ceil(fraction * sorted.length) - 1)];
}

/** Of milliseconds, in microseconds. */
export function latencySummary(samplesMs) {
  const sorted = samplesMs.toSorted((a, b) => a - b);
  const us = (fraction) => quantile(sorted, fraction) * 1000;
  return { p50Us: us(0.5), p99Us: us(0.99), p999Us: us(0.999), maxUs: us(1) };
}
