namespace SshFunctions.Core.Resources;

/// <summary>An environment of a project.</summary>
/// <param name="Path">Depth 2.</param>
/// <param name="Description">Free text, at most <see cref="ResourceTree.MaximumDescriptionLength"/> characters.</param>
/// <param name="SshSwitch">Off: nobody enters anything below.</param>
/// <param name="Protected">Standing grants give nothing here, only an approved access request does.</param>
public sealed record ProjectEnvironment(ResourcePath Path, string Description, SshSwitch SshSwitch, bool Protected)
{
    /// <summary>Who changed <see cref="SshSwitch"/> last; null when nobody did since it was made. Kept by <see cref="ResourceTree"/>, whatever a put says.</summary>
    public SwitchChange? Switched { get; init; }
}
