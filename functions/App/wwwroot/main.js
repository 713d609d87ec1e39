import { frame } from './frame.js';
import { go, start, stop } from './router.js';
import { begin, end, me, onChange } from './session/session.js';
import { call } from './session/api.js';
import { finish, isReturning } from './session/code-flow.js';
import { awayText, isOverdue, rest, watch } from './session/idle.js';
import { restore } from './session/theme.js';
import { showSignIn } from './pages/sign-in.js';
import { forget, giveBack, keep } from './parts/drafts.js';
import { replace } from './parts/element.js';

const root = document.getElementById('root');
let subject = null;

restore();
onChange(show);
await open();

async function open() {
  let fault = null;
  if (me() && isOverdue()) {
    fault = awayText;
    end(fault);
  }

  if (isReturning()) {
    try {
      const { token } = await finish();
      await enter(token);
      return;
    } catch (problem) {
      fault = problem.message;
    }
  }

  show(fault);
}

/** Signs in with a credential, once the broker has said whose it is. */
async function enter(token) {
  const caller = await call('GET', 'me', { as: token });
  begin(token, caller);
}

function show(why) {
  if (me()) {
    const { node, main, mark } = frame();
    replace(root, node);
    watch();
    start(main, mark);
    subject = me().subject;
    giveBack(root, subject);
    return;
  }

  // A token that ends takes nobody's words with it. Who signs out, or goes away, leaves nothing behind.
  const isKept = Boolean(why?.startsWith('Your session has ended')) && keep(root, subject);
  if (!isKept) forget();
  rest();
  stop();
  document.querySelectorAll('dialog').forEach((dialog) => dialog.remove());
  showSignIn(root, isKept ? `${why} What you typed is kept in this tab: sign in with an access token as ${subject} to go on with it.` : why, enter);
  if (!location.hash) go('resources', true);
}
