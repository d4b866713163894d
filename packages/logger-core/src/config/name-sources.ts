import { type ConfigIssue } from '../errors';
import { type ConfigSource, type ExplainedValue } from './layers';

/** Sources that the reader of a message does not have before the eyes. */
const DISTANT: readonly ConfigSource[] = ['environment', 'file', 'command line'];

/** Mistakes with the source of the value, where that is not the code. */
export function nameSources(issues: readonly ConfigIssue[], explained: readonly ExplainedValue[]): ConfigIssue[] {
  return issues.map((issue) => {
    const source = sourceOf(issue.path, explained);
    if (source === undefined || !DISTANT.includes(source)) return issue;
    return { ...issue, message: `${issue.message} (from the ${source})` };
  });
}

function sourceOf(path: string, explained: readonly ExplainedValue[]): ConfigSource | undefined {
  const within = (inner: string, outer: string): boolean =>
    inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
  return explained.find((one) => within(path, one.path) || within(one.path, path))?.source;
}
