namespace SshFunctions.Hooks.Git;

/// <summary>The two settings that make git use <c>sshfn git-ssh</c>, and what stood there before.</summary>
internal sealed class GitSetup(GitSettings settings, string command)
{
    private const string Marker = "sshfn.installed";

    // With the variant named, git does not start the command once more with -G to find out. Source: gitconfig(5), ssh.variant.
    private readonly (string Key, string Before, string Value)[] _values =
    [
        ("core.sshCommand", "sshfn.priorSshCommand", command),
        ("ssh.variant", "sshfn.priorSshVariant", "ssh"),
    ];

    internal IEnumerable<(string Key, string? Before, string Value)> Changes() =>
        _values.Select(value => (value.Key, settings.Read(value.Key), value.Value)).Where(change => change.Item2 != change.Value);

    internal void Install()
    {
        bool isFirst = settings.Read(Marker) is null;
        foreach ((string key, string before, string value) in _values)
        {
            if (isFirst && settings.Read(key) is { } old)
                settings.Write(before, old);
            settings.Write(key, value);
        }

        settings.Write(Marker, "true");
    }

    internal bool IsInstalled => settings.Has(Marker);

    /// <summary>What <see cref="Remove"/> would leave: each key with its value, null for none.</summary>
    internal IEnumerable<(string Key, string? Value)> Restorations() =>
        _values.Select(value => (value.Key, settings.Read(value.Before)));

    /// <summary>Puts back what stood there; false when nothing was installed.</summary>
    internal bool Remove()
    {
        if (settings.Read(Marker) is null)
            return false;
        foreach ((string key, string before, string _) in _values)
        {
            if (settings.Read(before) is { } old)
                settings.Write(key, old);
            else
                settings.Remove(key);
            settings.Remove(before);
        }

        settings.Remove(Marker);
        return true;
    }
}
