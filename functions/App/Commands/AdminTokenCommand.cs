using SshFunctions.Core;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Commands;

/// <summary>Makes the token of a first admin on the operator's own machine, so that the broker need only be told its hash.</summary>
internal static class AdminTokenCommand
{
    /// <summary>Prints a token and its hash, a line each.</summary>
    public static int Run(string[] options)
    {
        if (options.Length != 0)
            return ErrorText.Write(new Refusal.Invalid(null, $"unexpected argument \"{options[0]}\"", "sshfn-broker admin-token takes none"), ExitCode.Usage);
        SealedAccessToken made = SealedAccessToken.Generate(out Secret secret);
        using (secret)
            Console.Out.WriteLine($"token {made.Id}.{secret.Reveal()}");
        Console.Out.WriteLine($"hash {made}");
        Console.Error.WriteLine("sshfn-broker: hint: start the broker with --admin-token-hash and the hash; sign in with the token within a day of that start");
        return ExitCode.Success;
    }
}
