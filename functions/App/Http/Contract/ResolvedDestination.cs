using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http.Contract;

/// <summary>What a request wants to reach, found in the tree.</summary>
/// <param name="Resource">Where.</param>
/// <param name="Login">As whom.</param>
internal sealed record ResolvedDestination(Resource Resource, Login Login);
