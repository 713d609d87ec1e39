using SshFunctions.Core.Resources;

namespace SshFunctions.App.Hosting;

/// <summary>Where a list that is ordered by path goes on.</summary>
/// <param name="Path">The last path of the page before; null for the first page.</param>
internal sealed record PathCursor(ResourcePath? Path);
