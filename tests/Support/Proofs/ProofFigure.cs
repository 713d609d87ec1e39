using System.Globalization;

namespace SshFunctions.Support.Proofs;

/// <summary>What a proof by repetition came to: a row of the table that <c>tests/prove.sh</c> prints.</summary>
/// <param name="Area">What the row stands under, such as <c>fuzzing</c>.</param>
/// <param name="Subject">What was tried.</param>
/// <param name="Tries">How often.</param>
/// <param name="Wrong">Answers that should not have been: taken for good, allowed, or of an error nobody declared.</param>
/// <param name="Lost">What was promised and is gone.</param>
public sealed record ProofFigure(string Area, string Subject, long Tries, long Wrong = 0, long Lost = 0)
{
    private static readonly Lock OneAtATime = new();

    /// <summary>Adds the row to the file that <c>SSHFN_PROOF_FIGURES</c> names; does nothing without one. To be called before the test asserts, so that a failure has its row too.</summary>
    public void Record()
    {
        if (Environment.GetEnvironmentVariable("SSHFN_PROOF_FIGURES") is not { Length: > 0 } path) return;
        lock (OneAtATime) File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture, $"{Area}\t{Subject}\t{Tries}\t{Wrong}\t{Lost}\n"));
    }
}
