// A page that a bundler makes: the SDK by its name, and the meter as a file that the bundler carries along.

import * as sdk from '@modality-dev/sdk';
import url from '@modality-dev/sdk/meter.wasm';
import { offer } from '../../support/offer.js';

await sdk.loadMeter({ url });
offer(sdk);
