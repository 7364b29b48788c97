// A page that loads the SDK's modules as they are.

import * as sdk from '../../../src/index.js';
import { offer } from '../../support/offer.js';

offer(sdk);
