// Loaded before Azurite: the end of standard input ends it, so that it does not outlive the process that started it. SIGINT is the one
// signal on which both of its servers write down what they hold in a folder.
"use strict";
process.stdin.resume().on("end", () => {
  setTimeout(() => process.exit(1), 10_000).unref();
  if (!process.emit("SIGINT")) process.exit(0);
});
