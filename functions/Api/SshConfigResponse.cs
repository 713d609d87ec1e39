namespace SshFunctions.Api;

/// <summary>Answer of GetSshConfig.</summary>
/// <param name="HostPatterns">ssh_config patterns under which every resource lies, now and later; set by the operator. Empty when none is set.</param>
/// <param name="Block">The block for an ssh_config file, ready to paste.</param>
public sealed record SshConfigResponse(IReadOnlyList<string> HostPatterns, string Block);
