/**
 * Round by round, every mode once; who starts changes from round to round. What else the machine does then falls on all
 * alike, and nobody always runs on a disk that the same predecessor has just filled.
 */
export async function interleave({ modes, rounds }, perform) {
  const results = Object.fromEntries(modes.map((mode) => [mode, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < modes.length; turn += 1) {
      const mode = modes[(turn + round) % modes.length];
      results[mode].push(await perform(mode, round));
    }
  }
  return results;
}
