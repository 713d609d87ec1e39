namespace SshFunctions.Core.Resources;

/// <summary>A project: the top of the tree.</summary>
/// <param name="Path">Depth 1.</param>
/// <param name="Description">Free text, at most <see cref="ResourceTree.MaximumDescriptionLength"/> characters.</param>
/// <param name="SshSwitch">Off: nobody enters anything below.</param>
public sealed record Project(ResourcePath Path, string Description, SshSwitch SshSwitch);
