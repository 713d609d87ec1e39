using System.Runtime.Versioning;

// As the program under test: file modes, flock and ssh are Linux's here.
[assembly: UnsupportedOSPlatform("windows")]
