namespace SshFunctions.Core.Passcodes;

/// <summary>An sshd that asks for passcodes.</summary>
/// <param name="Port">The only port on which it does; null for every port, or when it has not said yet.</param>
internal sealed record PasscodeTaker(int? Port);
