using Microsoft.Win32.SafeHandles;

namespace SshFunctions.Hooks.Outside;

/// <summary>Whatever lies at a path, held by name only: not opened, so nothing can be read from it or written to it.</summary>
internal sealed class NamedEntry(SafeFileHandle handle) : OpenEntry(handle);
