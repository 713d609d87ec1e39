import { call } from '../../session/api.js';

const pageSize = 200;

/** A list of the broker that is fetched page by page, when somebody comes near its end. */
export class Branch {
  items = [];
  state = 'new'; // new, loading, more, whole, failed
  problem = null;
  #path;
  #query;
  #after = null;

  constructor(path, query = {}) {
    this.#path = path;
    this.#query = query;
  }

  get isWhole() {
    return this.state === 'whole';
  }

  /** Fetches on until something new came, or the end. A search may look through several pages without a find. */
  async fetch(signal) {
    if (this.state === 'loading' || this.state === 'whole') return;
    this.state = 'loading';
    try {
      const before = this.items.length;
      do {
        const page = await call('GET', this.#path, { query: { ...this.#query, after: this.#after, limit: pageSize }, signal });
        this.items.push(...page.items);
        this.#after = page.next;
      } while (this.#after && this.items.length === before);
      this.state = this.#after ? 'more' : 'whole';
    } catch (problem) {
      this.state = 'failed';
      this.problem = problem;
    }
  }
}

/** Projects, with their environments, with their resources: each fetched when it is opened. */
export class Tree {
  projects = new Branch('places');
  #branches = new Map();
  open = new Set();

  /** What lies below a project or an environment. */
  below(path) {
    if (!this.#branches.has(path)) {
      this.#branches.set(path, path.includes('/') ? new Branch('resources', { below: path }) : new Branch('places', { below: path }));
    }

    return this.#branches.get(path);
  }

  /** Everything that is to be shown, from top to bottom. */
  rows() {
    const rows = [];
    this.#add(rows, this.projects, 1);
    return rows;
  }

  #add(rows, branch, level) {
    for (const item of branch.items) {
      const isOpen = this.open.has(item.path);
      rows.push({ item, level, isOpen });
      if (isOpen) this.#add(rows, this.below(item.path), level + 1);
    }

    if (!branch.isWhole) rows.push({ branch, level, note: branch.state === 'failed' ? branch.problem.detail : 'Loading…' });
    else if (branch.items.length === 0 && level > 1) rows.push({ level, note: level === 2 ? 'no environment' : 'no resource' });
  }
}
