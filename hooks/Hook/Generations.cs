using System.Globalization;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Hook;

/// <summary>The keys and certificates of one destination: numbered folders, and <c>current</c> leading to the newest.</summary>
/// <remarks>
/// Key and certificate are replaced together by renaming one link. The generation before stays, because an ssh that has read the old
/// link may still be reading from it.
/// </remarks>
internal sealed class Generations(Folders folders, string name)
{
    private static readonly TimeSpan LongestKeyLife = TimeSpan.FromHours(12);

    private readonly string _folder = folders.Destinations + "/" + name;

    private string Current => _folder + "/current";

    // Not in the destination's own folder: a destination that was refused is to leave none.
    internal string LockFile => folders.Locks + "/" + name;

    internal string FailureFile => folders.Failures + "/" + name;

    /// <summary>The current certificate; null when there is none.</summary>
    internal string? CurrentCertificate => FileFacts.Of(Current + "/key-cert.pub") is { IsFile: true } ? Files.Read(Current + "/key-cert.pub") : null;

    /// <summary>Whether there ever was a certificate.</summary>
    internal bool Any => Numbers().Any();

    /// <summary>When the current certificate holds; null when there is none, or none that can be used.</summary>
    /// <remarks>ssh does not read a private key that others may read, and a link or a pipe is not what was written here.</remarks>
    internal Validity? CurrentValidity()
    {
        if (Ownership.Problem(Current + "/key", folder: false) is not null || CurrentCertificate is not { } text)
            return null;
        return CertificateText.ReadValidity(text);
    }

    /// <summary>The public half of the current key when a renewal may keep it.</summary>
    /// <remarks>
    /// Kept while its certificate holds: an ssh that has read the old certificate reads the private key only later, when it signs.
    /// A key whose certificate has lapsed is replaced, and so is one of more than 12 hours.
    /// </remarks>
    internal SshPublicKey? KeyToKeep(DateTimeOffset now)
    {
        if (CurrentValidity() is not { } validity || !validity.HoldsAt(now))
            return null;
        if (now - Files.Written(Current + "/key") > LongestKeyLife || Files.Read(Current + "/key.pub") is not { } line)
            return null;
        return SshPublicKey.TryParse(line.TrimEnd(), out SshPublicKey? key, out _) ? key : null;
    }

    /// <summary>Writes a generation and makes it the current one; without a private key it keeps the current one's.</summary>
    internal void Install(byte[]? privateKey, SshPublicKey publicKey, string certificate)
    {
        Ownership.EnsureFolder(folders.Destinations);
        Ownership.EnsureFolder(_folder);
        int[] numbers = [.. Numbers()];
        int number = (numbers.Length == 0 ? 0 : numbers.Max()) + 1;
        string target = $"{_folder}/generations/{number.ToString(CultureInfo.InvariantCulture)}";
        Files.CreateFolder(target);
        if (privateKey is null)
            Files.Link(Current + "/key", target + "/key");
        else
            Files.Write(target + "/key", privateKey, Files.Private);
        Files.Write(target + "/key.pub", publicKey.ToText() + "\n", Files.Readable);
        Files.Write(target + "/key-cert.pub", certificate + "\n", Files.Readable);
        Files.PointTo(Current, $"generations/{number.ToString(CultureInfo.InvariantCulture)}");
        foreach (int old in numbers.Where(old => old < number - 1))
            Files.DeleteFolder($"{_folder}/generations/{old.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>Lets go of the current generation, as if there never was a certificate; an ssh that reads from it still can.</summary>
    internal void Forget() => Files.Delete(Current);

    /// <summary>Makes the place for lock and failure.</summary>
    internal void EnsureLock()
    {
        Ownership.EnsureFolder(folders.State);
        Ownership.EnsureFolder(folders.Locks);
        Ownership.EnsureFolder(folders.Failures);
    }

    /// <summary>Refuses folders that somebody else could have put there or filled, before anything in them is believed.</summary>
    internal void RequireFolder()
    {
        Ownership.RequireFolder(folders.State);
        Ownership.RequireFolder(folders.Destinations);
        Ownership.RequireFolder(_folder);
    }

    private IEnumerable<int> Numbers() => Files.FolderNames(_folder + "/generations")
        .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)
        .Where(number => number > 0);
}
