import { type Plugin } from '@metaexpert/logger-core';
import { cefPlugin } from './formats/cef';
import { csvPlugin } from './formats/csv';
import { ecsPlugin } from './formats/ecs';
import { errorPlugin } from './formats/error';
import { gelfPlugin } from './formats/gelf';
import { logfmtPlugin } from './formats/logfmt';
import { otlpPlugin } from './formats/otlp';
import { performancePlugin } from './formats/performance';
import { rfc3164Plugin } from './formats/rfc3164';
import { rfc5424Plugin } from './formats/rfc5424';
import { splunkPlugin } from './formats/splunk';
import { textPlugin } from './formats/text';
import { tradePlugin } from './formats/trade';
import { xmlPlugin } from './formats/xml';

/** All formats of this package: what `plugins` takes to let a configuration name any of them. */
export const formatterPlugins: readonly Plugin[] = [
  ...[
    textPlugin,
    logfmtPlugin,
    rfc5424Plugin,
    rfc3164Plugin,
    ecsPlugin,
    gelfPlugin,
    cefPlugin,
    splunkPlugin,
    otlpPlugin,
  ],
  ...[xmlPlugin, csvPlugin, tradePlugin, errorPlugin, performancePlugin],
];
