import * as about from './about.js';
import * as hosts from './hosts.js';
import * as journal from './journal/page.js';
import * as keys from './keys.js';
import * as passcode from './passcode.js';
import * as requests from './requests/page.js';
import * as resources from './resources/page.js';

/** Every page by the first part of its address, in the order of the menu. A page has title, icon and show(). */
export const pages = { resources, requests, keys, passcode, journal, hosts, about };
