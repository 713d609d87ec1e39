using System.Runtime.Versioning;

// File modes, flock and exec: this room is Linux's. Another system needs a room of its own, and then this line goes.
[assembly: UnsupportedOSPlatform("windows")]
