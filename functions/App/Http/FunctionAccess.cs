namespace SshFunctions.App.Http;

/// <summary>Who may call a function.</summary>
internal enum FunctionAccess
{
    /// <summary>Only a caller who proved who they are. What the caller may do is the function's own question to the policy.</summary>
    Authenticated,

    /// <summary>Anyone; credentials are not looked at.</summary>
    Open,
}
