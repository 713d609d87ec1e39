import { element, replace } from './element.js';

/**
 * Shows the rows that are in sight, of however many there are. The space is as high as all rows; `draw(index)` makes one, which is
 * placed by the script, so that no style stands in markup.
 */
export class VirtualList {
  #box;
  #space = element('div', { class: 'tree-space', role: 'none' });
  #draw;
  #count = 0;
  #onSeen;
  #frame = null;

  constructor(box, draw, onSeen) {
    this.#box = box;
    this.#draw = draw;
    this.#onSeen = onSeen;
    box.append(this.#space);
    box.addEventListener('scroll', () => this.refresh(), { passive: true });
    new ResizeObserver(() => this.refresh()).observe(box);
  }

  get rowHeight() {
    return parseInt(getComputedStyle(document.documentElement).getPropertyValue('--row'), 10);
  }

  /** Sets how many rows there are, and draws again. */
  set count(count) {
    this.#count = count;
    this.refresh();
  }

  /** Draws what is in sight, once for each frame of the screen. */
  refresh() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#paint();
    });
  }

  /** Scrolls a row into sight. */
  reveal(index) {
    const height = this.rowHeight;
    const top = index * height;
    if (top < this.#box.scrollTop) this.#box.scrollTop = top;
    else if (top + height > this.#box.scrollTop + this.#box.clientHeight - 16) this.#box.scrollTop = top + height - this.#box.clientHeight + 16;
    this.#paint();
  }

  #paint() {
    const height = this.rowHeight;
    const first = Math.max(0, Math.floor(this.#box.scrollTop / height) - 8);
    const last = Math.min(this.#count, Math.ceil((this.#box.scrollTop + this.#box.clientHeight) / height) + 8);
    this.#space.style.height = `${this.#count * height}px`;
    const rows = [];
    for (let index = first; index < last; index += 1) {
      const row = this.#draw(index);
      row.style.top = `${index * height}px`;
      rows.push(row);
    }

    replace(this.#space, rows);
    this.#onSeen(first, last);
  }
}
