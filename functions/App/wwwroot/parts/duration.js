const units = [['day', 86_400], ['hour', 3600], ['minute', 60]];

/** "2 hours", "1 day 4 hours", "90 seconds". */
export function duration(seconds) {
  const parts = [];
  let left = seconds;
  for (const [name, size] of units) {
    const count = Math.floor(left / size);
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
    left -= count * size;
  }

  return parts.slice(0, 2).join(' ') || `${seconds} seconds`;
}
