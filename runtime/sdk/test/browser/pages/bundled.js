// A page that a bundler makes: the SDK by its name, and its wasm as files that the bundler carries along.

import * as sdk from '@modality-dev/sdk';
import meter from '@modality-dev/sdk/meter.wasm';
import validators from '@modality-dev/sdk/validators.wasm';
import { offer } from '../../support/offer.js';

await sdk.loadMeter({ url: meter });
await sdk.loadValidators({ url: validators });
offer(sdk);
