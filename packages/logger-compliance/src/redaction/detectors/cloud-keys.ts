import { type Detector, patternDetector } from '../detector';
import { Shape } from '../text-shape';

/** Keys that say by their beginning whose they are. Each either fails within a few characters or is taken whole. */
const KEYS = [
  // Amazon: unique ids of access keys
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])',
  // Google: API keys, OAuth tokens and client secrets
  'AIza[A-Za-z0-9_-]{35}',
  'ya29\\.[A-Za-z0-9_-]{20,}',
  'GOCSPX-[A-Za-z0-9_-]{20,}',
  // GitHub, GitLab
  'gh[pousr]_[A-Za-z0-9]{36,}',
  'github_pat_[A-Za-z0-9_]{22,}',
  'glpat-[A-Za-z0-9_-]{20,}',
  // Slack: tokens, and web hooks behind their host
  'xox[abeoprs]-[A-Za-z0-9-]{10,}',
  'xapp-[A-Za-z0-9-]{10,}',
  // Stripe, OpenAI, Anthropic
  '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}',
  'whsec_[A-Za-z0-9]{20,}',
  'sk-[A-Za-z0-9_-]{20,}',
  // npm, PyPI, SendGrid, Hugging Face, DigitalOcean
  'npm_[A-Za-z0-9]{36}',
  'pypi-[A-Za-z0-9_-]{40,}',
  'SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}',
  'hf_[A-Za-z0-9]{30,}',
  'do[opr]_v1_[a-f0-9]{40,}',
  // Telegram bots
  '\\d{8,10}:AA[A-Za-z0-9_-]{32,}',
];

/** API keys of clouds and services that are known by their form. */
export const cloudKey: Detector = patternDetector(
  { name: 'cloud-key', needs: Shape.run16, minLength: 16, plain: { maxRunChars: 15, maxHexRunChars: Infinity } },
  new RegExp(`(?<![A-Za-z0-9])(?:${KEYS.join('|')})`, 'g'),
);

/** The secret end of a web hook's URL: who knows it may post. */
export const webhook: Detector = patternDetector(
  { name: 'webhook', needs: Shape.run16, minLength: 40, plain: { maxRunChars: 15, maxHexRunChars: Infinity } },
  /(?:hooks\.slack\.com\/(?:services|workflows)\/|discord(?:app)?\.com\/api\/webhooks\/|api\.telegram\.org\/bot)(?<secret>[A-Za-z0-9_/:-]{20,})/g,
);
