namespace SshFunctions.Hooks.Broker;

/// <summary>How to sign in, as a line to paste.</summary>
internal static class SignInHint
{
    /// <summary>With the broker when it is known.</summary>
    internal static string Text(Uri? broker = null) =>
        $"sshfn login --broker {broker?.AbsoluteUri.TrimEnd('/') ?? "URL"} --token-file FILE";
}
