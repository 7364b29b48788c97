// A worker of the page.

import { stopped, work } from './work.js';

work().catch(stopped);
