using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Hosts;

/// <summary>Which part of the tree a host is: a resource, or one numbered instance of it.</summary>
/// <param name="Resource">Depth 3.</param>
/// <param name="Instance">0 to <see cref="ResourceHost.MaximumInstance"/>; null for the resource as a whole.</param>
/// <remarks>Written <c>acme/production/web</c> or <c>acme/production/web#2</c>.</remarks>
public readonly record struct HostPlace(ResourcePath Resource, int? Instance) : IParsable<HostPlace>
{
    /// <summary>The form, for people.</summary>
    public const string Rule = "a host is a resource, as in acme/production/web, or an instance of one, as in acme/production/web#2";

    /// <summary>Parses a place.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The place.</returns>
    /// <exception cref="FormatException">It is none.</exception>
    public static HostPlace Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out HostPlace place) ? place : throw new FormatException(Rule);

    /// <summary>Parses a place.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The place.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out HostPlace result)
    {
        result = default;
        if (s is null) return false;
        int mark = s.IndexOf('#', StringComparison.Ordinal);
        int? instance = null;
        if (mark >= 0)
        {
            if (!int.TryParse(s.AsSpan(mark + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number > ResourceHost.MaximumInstance)
                return false;
            instance = number;
        }

        if (!ResourcePath.TryParse(mark < 0 ? s : s[..mark], null, out ResourcePath path) || path.Depth != 3) return false;
        result = new HostPlace(path, instance);
        return true;
    }

    /// <summary>The text.</summary>
    /// <returns>Path, and <c>#</c> with the number of an instance.</returns>
    public override string ToString() => Instance is { } number ? $"{Resource}#{number.ToString(CultureInfo.InvariantCulture)}" : Resource.Text;

    /// <summary>The resource, when a host can be this place of it: an sshd whose instance, where one is named, is reached somewhere.</summary>
    internal async Task<Result<Resource>> FindAsync(ResourceTree tree, CancellationToken cancellationToken)
    {
        if (Resource.Depth != 3) return new Refusal.Invalid("resource", $"{Resource} is no resource", Rule);
        if (await tree.FindResourceAsync(Resource, cancellationToken) is not { } resource)
            return new Refusal.NotFound($"there is no resource {Resource}", "list them: sshfn resources");
        if (resource.Profile is not (CertificateProfileName.Sshd or CertificateProfileName.PlainSshd))
            return new Refusal.Invalid("resource", $"{Resource} is a git host and runs no sshd that asks this broker", "name a resource of profile sshd or plain-sshd");
        int? instance = Instance;
        return instance is null || resource.Hosts.Any(host => host.Instance == instance)
            ? resource
            : new Refusal.Invalid("instance", $"{Resource} has no instance {instance}", "add an address of it to the resource: sshfn resource put");
    }
}
