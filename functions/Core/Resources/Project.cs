namespace SshFunctions.Core.Resources;

/// <summary>A project: the top of the tree.</summary>
/// <param name="Path">Depth 1.</param>
/// <param name="Description">Free text, at most <see cref="ResourceTree.MaximumDescriptionLength"/> characters.</param>
/// <param name="SshSwitch">Off: nobody enters anything below.</param>
public sealed record Project(ResourcePath Path, string Description, SshSwitch SshSwitch)
{
    /// <summary>Who changed <see cref="SshSwitch"/> last; null when nobody did since it was made. Kept by <see cref="ResourceTree"/>, whatever a put says.</summary>
    public SwitchChange? Switched { get; init; }
}
